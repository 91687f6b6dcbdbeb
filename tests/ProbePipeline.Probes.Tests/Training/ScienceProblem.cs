using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Training;

/// <summary>A classification problem with scikit-learn's solution at seven penalties.</summary>
internal sealed class ScienceProblem
{
    private static readonly SafetensorsArrays Arrays = SafetensorsArrays.Read(Goldens.Folder("science", "data.safetensors"));
    private static readonly JsonElement Case = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("science", "case.json"))).RootElement;

    private readonly string _name;

    public ScienceProblem(string name)
    {
        _name = name;
        Json = Case.GetProperty(name);
        Features = new FeatureMatrix(Arrays.Floats($"{name}/features"), Json.GetProperty("d").GetInt32());
        Labels = [.. Arrays.Integers($"{name}/labels").Select(label => (int)label)];
        Groups = [.. Arrays.Integers($"{name}/groups").Select(group => (int)group)];
        Roles = [.. Arrays.Integers($"{name}/split").Select(role => (int)role)];
    }

    public JsonElement Json { get; }

    public int ClassCount => Json.GetProperty("k").GetInt32();

    public FeatureMatrix Features { get; }

    public ImmutableArray<int> Labels { get; }

    public ImmutableArray<int> Groups { get; }

    public ImmutableArray<int> Roles { get; }

    public static JsonElement Whole => Case;

    public ImmutableArray<int> Rows(int role) => [.. Enumerable.Range(0, Labels.Length).Where(row => Roles[row] == role)];

    /// <summary>The reference's split: rows numbered as pictures in the order of their parts, so that dealing by order gives it back.</summary>
    public RowSplit Split()
    {
        var images = new int[Roles.Length];
        foreach (var (place, row) in Enumerable.Range(0, 3).SelectMany(role => Rows(role)).Index())
        {
            images[row] = place;
        }

        var split = RowSplit.ByOrder(images, (double)Rows(0).Length / images.Length, (double)Rows(1).Length / images.Length);
        Assert.Equal(Roles, split.Roles.Select(role => (int)role));
        return split;
    }

    public float[] Probabilities(double l2) => Arrays.Floats(Arrays.Names.Single(name =>
        name.StartsWith($"{_name}/test_probabilities/", StringComparison.Ordinal) && double.Parse(name.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture) == l2));
}
