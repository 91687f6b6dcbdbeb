using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>Makes nodes of values that are to be written.</summary>
internal static class Written
{
    private static readonly Origin Nowhere = Origin.Whole("options");

    /// <summary>A text; it gets quotes where it needs them.</summary>
    public static SourceScalar Text(string text) => new(Nowhere, text, Plain: false);

    /// <summary>A number or truth value.</summary>
    public static SourceScalar Value(string text) => new(Nowhere, text, Plain: true);

    public static SourceList List(IEnumerable<SourceNode> items) => new(Nowhere, [.. items]);

    public static SourceMapping Mapping(IEnumerable<(string Key, SourceNode Value)> entries) =>
        new(Nowhere, [.. entries.Select(entry => new SourceEntry(Nowhere, entry.Key, entry.Value))]);
}
