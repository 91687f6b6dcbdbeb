using System.Globalization;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

/// <summary>Runs a golden case under all its conditions and compares every tensor that the reference left.</summary>
internal sealed class GoldenComparison : IDisposable
{
    private readonly GoldenCase _golden;
    private readonly Network _network;
    private readonly Batch _batch;
    private readonly int[] _paddings;
    private readonly DisposeScope _scope = NewDisposeScope();

    public GoldenComparison(GoldenCase golden)
    {
        _golden = golden;
        _network = Network.Load(golden.ModelFolder, new NetworkOptions { Device = GoldenDevice.Name, Type = ScalarType.Float32, VisionTower = GoldenNetworks.VisionTower(golden) });
        _batch = GoldenBatch.Of(golden, _network);
        _paddings = GoldenBatch.Paddings(_batch);
    }

    /// <summary>Tensors compared so far.</summary>
    public int Compared { get; private set; }

    /// <summary>Largest difference so far, relative to the largest absolute value of its tensor.</summary>
    public double Worst { get; private set; }

    public List<string> Failures { get; } = [];

    public void Run()
    {
        foreach (var condition in _golden.Conditions)
        {
            var names = _golden.Expected.Names.Where(name => name.StartsWith(condition + "/", StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(names);
            Compare(condition, names);
        }

        // Nothing that the reference left is passed over.
        Assert.Equal(_golden.Expected.Names.Count(), Compared);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _network.Dispose();
    }

    private void Compare(string condition, string[] names)
    {
        var captures = names.Select(SiteOf).OfType<Site>().Distinct().ToDictionary(site => site, site => new SiteCapture(site, Pooling.Tokens));
        var request = new ForwardRequest
        {
            Blocks = _golden.Blocks(condition),
            Captures = [.. captures.Values],
            LogitsAt = _network.Language is null ? null : TokenSet.All,
        };
        using var result = _network.Forward(_batch, request);
        foreach (var name in names)
        {
            using var scope = NewDisposeScope();
            if (name.EndsWith("/generated", StringComparison.Ordinal))
            {
                CompareGenerated(condition, name);
            }
            else
            {
                CompareValues(name, Actual(name, result, captures).cpu());
            }
        }
    }

    private Tensor Actual(string name, ForwardResult result, Dictionary<Site, SiteCapture> captures)
    {
        var (kind, row) = Parts(name);
        var shape = _golden.Expected.Shape(name);
        if (kind == "logits")
        {
            var logits = result.Logits!.Row(row);
            return logits.narrow(0, logits.shape[0] - shape[0], shape[0]);                         // the last positions
        }

        var states = result[captures[SiteOf(name)!.Value]];
        if (_golden.Inputs.Contains("image_grid_thw") && (kind == "projector" || kind.StartsWith("vision.", StringComparison.Ordinal)))
        {
            return kind == "projector" ? states.Values.view(shape) : GoldenPatches.InReferenceOrder(states.Values, _golden, _network);
        }

        if (kind == "projector")
        {
            return GoldenNetworks.InReferenceOrder(states, _batch, shape, Expected(name));
        }

        if (kind.StartsWith("lens.", StringComparison.Ordinal))
        {
            // All positions, or two of them: 10 and 11, left padding counted.
            var lens = _network.Lens(states.Row(row));
            return shape[0] == lens.shape[0] ? lens : lens.narrow(0, 10 - _paddings[row], shape[0]);
        }

        return name.Contains("/vision.", StringComparison.Ordinal) ? states.Values.view(shape) : states.Row(row);
    }

    private Tensor Expected(string name) => tensor(_golden.Expected.Floats(name)).view(_golden.Expected.Shape(name));

    private void CompareValues(string name, Tensor actual)
    {
        var expected = Expected(name);
        Compared++;
        if (!actual.shape.SequenceEqual(expected.shape))
        {
            Failures.Add($"{_golden.Name} {name}: shape [{string.Join(", ", actual.shape)}] instead of [{string.Join(", ", expected.shape)}]");
            return;
        }

        var bound = _golden.Expected.ElementType(name) == "F16" ? 5e-4 : 1e-4;
        var difference = ((actual.to_type(ScalarType.Float32) - expected).abs().max() / expected.abs().max()).ToDouble();
        Worst = Math.Max(Worst, difference);
        if (!(difference <= bound))
        {
            Failures.Add(string.Create(CultureInfo.InvariantCulture, $"{_golden.Name} {name}: relative difference {difference:e1}, bound {bound:e1}"));
        }
    }

    private void CompareGenerated(string condition, string name)
    {
        Compared++;
        var (expected, steps) = (_golden.Expected.Integers(name), (int)_golden.Expected.Shape(name)[1]);
        var answers = _network.Generate(_batch, new GenerationOptions { MaxNewTokens = steps, VocabularyLimit = _golden.VocabularyLimit, Blocks = _golden.Blocks(condition) });
        if (!answers.SelectMany(answer => answer).Select(id => (long)id).SequenceEqual(expected))
        {
            Failures.Add($"{_golden.Name} {name}: {string.Join(" | ", answers.Select(answer => string.Join(" ", answer)))} instead of {string.Join(" ", expected)}");
        }
    }

    /// <summary>"region/language.resid_post.3/1" is the kind "language.resid_post.3" of row 1.</summary>
    private static (string Kind, int Row) Parts(string name)
    {
        var parts = name.Split('/');
        return (parts[1], parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>The site that a tensor is to be compared with; none for logits and generated ids.</summary>
    private Site? SiteOf(string name)
    {
        var (kind, _) = Parts(name);
        var words = kind.Split('.');
        var tower = words[0] == "vision" ? Tower.Vision : Tower.Language;
        var layer = words.Length > 1 && int.TryParse(words[^1], CultureInfo.InvariantCulture, out var number) ? number : -1;
        return words[^1] switch
        {
            "logits" or "generated" => null,
            "projector" => Site.Projector,
            "inputs_embeds" => Site.Embeddings(Tower.Language),
            "pooled" => Site.Pooled,
            // CLIP alone does not norm its output.
            "last_hidden_state" => _network.ModelType == "clip_vision_model" ? Site.ResidualPost(tower, _network.Vision!.LayerCount - 1) : Site.FinalNorm(tower),
            _ => words[^2] switch
            {
                "resid_pre" => Site.Embeddings(tower),
                "resid_post" => Site.ResidualPost(tower, layer),
                "attn_out" => Site.AttentionOut(tower, layer),
                "mlp_out" => Site.MlpOut(tower, layer),
                "lens" => Site.ResidualPost(Tower.Language, layer),
                _ => throw new InvalidDataException($"{_golden.Name} holds {name}, and nothing says what that is"),
            },
        };
    }
}
