using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Targets;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>What else is to be read from the states, beside the classes.</summary>
/// <param name="Numbers">Numbers.</param>
/// <param name="LabelSets">Sets of labels.</param>
internal sealed record OtherTargets(ImmutableArray<NumericTarget> Numbers, ImmutableArray<LabelSetTarget> LabelSets)
{
    public bool Any => Numbers.Length + LabelSets.Length > 0;

    /// <exception cref="ProbeException">A field has values that are no numbers, or a target is the same in every row; the message names key, target and row.</exception>
    /// <param name="options">What is asked for.</param>
    /// <param name="task">The task whose split is used.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="pictured">All rows that pictures show, those included that the task leaves out.</param>
    public static OtherTargets Of(TargetOptions options, LabeledRows task, ImmutableArray<ExperimentRow> rows, ImmutableArray<ExperimentRow> pictured) => new(
        [.. options.Numeric.Distinct().Select(name => Keyed("numeric", () => new NumericTarget(name, [.. rows.Select(row => Number(name, row))])))],
        [.. options.Labels.Distinct().Select(field => Keyed("labels", () => Labels(field, task, rows, pictured)))]);

    private static T Keyed<T>(string key, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ProbeException error)
        {
            throw new ProbeException($"probe.targets.{key}: {error.Message}", error);
        }
    }

    private static LabelSetTarget Labels(string field, LabeledRows task, ImmutableArray<ExperimentRow> rows, ImmutableArray<ExperimentRow> pictured)
    {
        ImmutableArray<string> values = [.. pictured.Select(row => row.Part.Attributes[field]).Distinct().Order(StringComparer.Ordinal)];
        var ofPicture = pictured.GroupBy(row => row.Image).ToDictionary(
            picture => picture.Key, picture => values.Select(value => picture.Any(row => row.Part.Attributes[field] == value)).ToImmutableArray());
        return new LabelSetTarget($"picture.{field}", values, [.. rows.Select(row => ofPicture[row.Image])], task);
    }

    private static double Number(string name, ExperimentRow row)
    {
        var (mask, size) = (row.Part.Mask, row.Part.Mask.Size);
        return name switch
        {
            "region.area" => (double)mask.Area / ((long)size.Width * size.Height),
            "region.x" => (mask.Bounds.Left + mask.Bounds.Right) / 2.0 / size.Width,
            "region.y" => (mask.Bounds.Top + mask.Bounds.Bottom) / 2.0 / size.Height,
            _ when double.TryParse(row.Part.Attributes[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new ProbeException($"target {name}: expected a number in every row; found \"{row.Part.Attributes[name]}\" in row {row.Id}"),
        };
    }
}
