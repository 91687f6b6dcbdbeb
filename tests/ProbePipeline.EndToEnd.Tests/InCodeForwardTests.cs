using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class InCodeForwardTests
{
    [Fact]
    public void Snippet_OfTheDocument_RunsAndCuts()
    {
        var picturePath = Path.Combine(Repository.Root, "tests", "goldens", "pictures", "files", "rgb.png");
        var folder = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");
        // begin
        using var network = Network.Load(folder);
        var processor = PictureProcessorReader.Read(folder);
        var tokenizer = TextTokenizer.Load(Path.Combine(folder, "tokenizer.json"));

        var picture = PictureDecoder.Decode(picturePath);
        var layout = processor.Layout(picture.Size, new VisionTokens(network.Vision!.PatchSize));
        var prompt = PromptTokens.Encode(tokenizer, "USER: <image>\nWhat is the red part? ASSISTANT:", [layout], network.ImageTokenId);
        var batch = new Batch([new PromptRow(prompt, [new PictureInput(processor.Process(picture).Pixels, layout)])]);

        var lastLayer = new SiteCapture(Site.ResidualPost(Tower.Language, 5), Pooling.ImageMean);
        using var result = network.Forward(batch, new ForwardRequest
        {
            Blocks = [new AttentionBlock(Tower.Language, TokenSet.Question, TokenSet.Image) { Layers = LayerSelection.LateHalf }],
            Captures = [lastLayer],
            Patterns = [(Tower.Language, 5)],
            LogitsAt = TokenSet.Last,
        });
        var state = result[lastLayer].Values;                  // [1, 128]
        var pattern = result.Pattern(Tower.Language, 5);       // [1, 4, 78, 78]: zero from question to image
        // end
        Assert.Equal([1, 128], state.shape);
        var image = prompt.IndexOf(network.ImageTokenId!.Value);
        Assert.Equal([1, 4, prompt.Length, prompt.Length], pattern.shape);
        Assert.Equal(0, pattern.narrow(2, image + layout.Count, prompt.Length - image - layout.Count).narrow(3, image, layout.Count).abs().max().item<float>());
        DocumentSnippet.RequireIn("docs/in-code.md");
    }
}
