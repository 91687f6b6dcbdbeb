using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Clip;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

public sealed class ClipModelTests
{
    private static GoldenCase Golden { get; } = new("clip-full");

    [Fact]
    [Trait("Category", "Golden")]
    public void Embed_GoldenCase_EqualsTheReference()
    {
        using var model = ClipModel.Load(Golden.ModelFolder);
        var seen = new Seen();

        var texts = model.EmbedTexts(Texts(), seen);
        var pixels = Golden.Inputs.Floats("pixel_values");
        var pictures = model.EmbedPictures([.. pixels.Chunk(3 * model.ImageSize * model.ImageSize).Select(picture => new ReadOnlyMemory<float>(picture))]);

        var left = Golden.Expected.Names.ToHashSet();
        Near("intact/text_embeds", [.. texts.SelectMany(text => text)]);
        Near("intact/image_embeds", [.. pictures.SelectMany(picture => picture)]);
        Near("intact/logits_per_image", [.. pictures.SelectMany(picture => texts.Select(text => (float)model.Logit(picture, text)))]);
        foreach (var (site, states) in seen.States)
        {
            NearBeforeTheEnd(site.Kind == SiteKind.Embeddings ? "intact/text.resid_pre.0" : $"intact/text.resid_post.{site.Layer}", states);
        }

        Assert.Empty(left);

        void Near(string name, float[] actual)
        {
            var expected = Golden.Expected.Floats(name);
            Assert.Equal(expected.Length, actual.Length);
            var bound = 1e-4 * expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, bound));
            left.Remove(name);
        }

        // Behind a text's end the reference has padding, which knows nothing of what a text says.
        void NearBeforeTheEnd(string name, float[] actual)
        {
            var (expected, shape) = (Golden.Expected.Floats(name), Golden.Expected.Shape(name));
            var bound = 1e-4 * expected.Max(Math.Abs);
            var (length, width) = ((int)shape[1], (int)shape[2]);
            var texts = Texts();
            for (var row = 0; row < texts.Length; row++)
            {
                for (var number = row * length * width; number < ((row * length) + texts[row].Length) * width; number++)
                {
                    Assert.Equal(expected[number], actual[number], bound);
                }
            }

            left.Remove(name);
        }
    }

    [Fact]
    public void EmbedTexts_LongerThanThePositions_IsRefused()
    {
        using var model = ClipModel.Load(Golden.ModelFolder);

        var error = Assert.Throws<NetworkInputException>(() => model.EmbedTexts([[.. Enumerable.Repeat(5, model.LongestText + 1)]]));

        Assert.Contains($"expected a text of at most {model.LongestText} tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmbedTexts_WithoutAnEnd_IsRefused()
    {
        using var model = ClipModel.Load(Golden.ModelFolder);

        Assert.Contains("text 1 does not", Assert.Throws<NetworkInputException>(() => model.EmbedTexts([Texts()[0], [118, 5]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TowerAlone_SaysWhatIsNeeded() => Assert.Contains(
        "expected CLIP with both encoders", Assert.Throws<CheckpointException>(() => ClipModel.Load(Goldens.Folder("clip-vision", "model"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tpu", "Expected a device: auto, cpu, cuda or cuda:N")]
    [InlineData("cuda:9999", "Device 'cuda:9999'")]
    public void Load_DeviceThatIsNotThere_IsRefused(string device, string message) => Assert.StartsWith(
        message, Assert.Throws<NetworkInputException>(() => ClipModel.Load(Golden.ModelFolder, new NetworkOptions { Device = device })).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_TypeThatNothingIsComputedIn_IsRefused() => Assert.Equal(
        $"{Golden.ModelFolder}: cannot compute in Int64; choose float32, bfloat16 or float16",
        Assert.Throws<CheckpointException>(() => ClipModel.Load(Golden.ModelFolder, new NetworkOptions { Type = ScalarType.Int64 })).Message);

    [Fact]
    public void Load_RandomSeed_GivesTheSameModelForTheSameSeed()
    {
        var (one, again, other, trained) = (FirstText(1), FirstText(1), FirstText(2), FirstText(null));

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, trained);
        Assert.Equal(1, one.Sum(value => (double)value * value), 1e-5);

        static float[] FirstText(long? seed)
        {
            using var model = ClipModel.Load(Golden.ModelFolder, new NetworkOptions { RandomSeed = seed });
            return model.EmbedTexts(Texts())[0];
        }
    }

    /// <summary>The golden's texts without their padding.</summary>
    private static int[][] Texts()
    {
        var (ids, mask, length) = (Golden.Inputs.Integers("input_ids"), Golden.Inputs.Integers("attention_mask"), (int)Golden.Inputs.Shape("input_ids")[1]);
        return [.. ids.Chunk(length).Zip(mask.Chunk(length), (row, valid) => row.Take((int)valid.Sum()).Select(id => (int)id).ToArray())];
    }

    private sealed class Seen : IStateObserver
    {
        public Dictionary<Site, float[]> States { get; } = [];

        public bool Wants(Site site) => site.Kind is SiteKind.Embeddings or SiteKind.ResidualPost;

        public void Observe(Site site, Tensor states) => States[site] = states.contiguous().data<float>().ToArray();

        public bool WantsPattern(Tower tower, int layer) => false;

        public void ObservePattern(Tower tower, int layer, Tensor pattern)
        {
        }
    }
}
