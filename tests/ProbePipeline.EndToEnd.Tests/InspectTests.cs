using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class InspectTests
{
    private const string Question = @"USER: <image>\nWhat is the red part? ASSISTANT:";

    private static readonly string Sample = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");

    private static readonly string Picture = Path.Combine(Repository.Root, "tests", "goldens", "pictures", "files", "rgb.png");

    [Fact]
    public async Task Inspect_SampleModel_SaysWhatItIs()
    {
        var (code, output, error) = await Probe.Run("inspect", Sample);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Line(output, "family", "llava");
        Line(output, "vision tower", "6 layers, width 128, 4 heads, tiles of 112 px, patches of 14 px: 64 patches and a class token");
        Line(output, "projector", "reads hidden state 5 of the tower");
        Line(output, "language model", "6 layers, width 128, 4 heads (2 key-value heads) of 32, 640 words");
        Line(output, "parameters", "2,652,032");
        Line(output, "stored as", "float32");
        Line(output, "key names", "as transformers 5 writes them");
        Line(output, "ignored tensors", "none");
        Line(output, "vision.resid_post.0 to .5", "[tiles, 65, 128]");
        Line(output, "projector", "[image tokens, 128]");
        Line(output, "language.final_norm", "[rows, tokens, 128]");
    }

    [Fact]
    public async Task Inspect_PictureAndPrompt_ShowsTheTokenLayoutAndAnswers()
    {
        var (code, output, error) = await Probe.Run("inspect", Sample, "--picture", Picture, "--prompt", Question, "--answer", "3", "--device", "cpu");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("64 of them image tokens from 1 tile", output, StringComparison.Ordinal);
        Assert.Matches(@"64 +patches +tile 0, row 0 column 0 to row 7 column 7", output);
        Assert.Matches(@"answer  \w+", output);
    }

    [Fact]
    public async Task Inspect_Experiment_NamesTheWaysThatItsConditionsLeave()
    {
        var experiment = Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml");
        var (code, output, error) = await Probe.Run("inspect", Sample, "--experiment", experiment);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("condition both-cut", output, StringComparison.Ordinal);
        Assert.Contains("ways left: vision: outside to region none; language: outside to region none; language: outside to last directly", output, StringComparison.Ordinal);
        Assert.Contains("ways left: vision: outside to region none; language: outside to region none; language: outside to last none", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vision tower", "none", "llama")]
    [InlineData("language model", "none", "siglip-vision")]
    [InlineData("key names", "as hub checkpoints carry them (transformers before 4.52)", "llava-legacy-names")]
    [InlineData("key names", "module names of transformers 4.52 to 4.57", "llava-middle-names")]
    [InlineData("ignored tensors", "belongs to matching pictures with texts", "clip-full")]
    [InlineData("language model", "sliding window 7", "mistral")]
    [InlineData("language model", "head tied to the embeddings", "qwen2")]
    [InlineData("note", "tokenizer.json", "llama")]
    public async Task Inspect_OtherCheckpoint_SaysWhatItIs(string name, string value, string golden)
    {
        var (code, output, _) = await Probe.Run("inspect", Path.Combine(Repository.Root, "tests", "goldens", golden, "model"));
        Assert.Equal(0, code);
        Assert.Contains(output.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(value, StringComparison.Ordinal));
    }

    public static TheoryData<string[], string> BadInputs => new()
    {
        { ["inspect", "no/such/folder"], "no/such/folder is no folder" },
        { ["inspect", Path.Combine(Repository.Root, "src")], "holds no safetensors file" },
        { ["inspect", Sample, "--picture", "no-such.png", "--prompt", "<image>"], "no-such.png" },
        { ["inspect", Sample, "--picture", Path.Combine(Repository.Root, "README.md"), "--prompt", "<image>"], "README.md" },
        { ["inspect", Sample, "--prompt", "<image>"], "expected as many placeholders <image> in the prompt as there are pictures, 0; found 1" },
        { ["inspect", Sample, "--picture", Picture, "--prompt", "no placeholder"], "found 0" },
        { ["inspect", Sample, "--picture", Picture], "go with --prompt" },
        { ["inspect", Sample, "--prompt", "a", "--answer", "0"], "--answer: expected a number of tokens from 1" },
        { ["inspect", Sample, "--device", "tpu"], "Expected a device: auto, cpu, cuda or cuda:N" },
        { ["inspect", Path.Combine(Repository.Root, "tests", "goldens", "llama", "model"), "--prompt", "a"], "there is no tokenizer for it" },
        { ["inspect"], "FOLDER" },
        { ["explain"], "explain" },
        { [], "Required command was not provided" },
    };

    [Theory]
    [MemberData(nameof(BadInputs))]
    public async Task Inspect_BadInput_IsOneLineAndExitCodeTwo(string[] arguments, string message)
    {
        var (code, output, error) = await Probe.Run(arguments);
        Assert.Equal(2, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "inspect")]
    [InlineData("inspect", "--help", "probe inspect data/models/partscenes-llava")]
    public async Task Help_TeachesByExample(params string[] words)
    {
        var (code, output, _) = await Probe.Run(words[..^1]);
        Assert.Equal(0, code);
        Assert.Contains(words[^1], output, StringComparison.Ordinal);
    }

    private static void Line(string output, string name, string value) =>
        Assert.Contains(output.Split('\n'), line => line.TrimStart().StartsWith(name, StringComparison.Ordinal) && line.Contains(value, StringComparison.Ordinal));
}
