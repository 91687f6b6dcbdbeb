using System.Collections.Immutable;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A key whose list may be missing, which means something of its own; an empty list is never written.</summary>
internal sealed record OptionalListKey<TOptions, TItem>(
    string Name, string Description, ListForm<TItem> ListForm, Func<TOptions, ImmutableArray<TItem>> Get, Func<TOptions, ImmutableArray<TItem>, TOptions> With)
    : Key<TOptions>(Name, Description)
{
    public override IValueForm Form => ListForm;

    public override TOptions Read(TOptions options, SourceNode value, string key, ProblemList problems) =>
        TryRead(ListForm, value, key, problems, out var read) ? With(options, read) : options;

    public override SourceNode? Write(TOptions options) => Get(options) is { IsDefaultOrEmpty: false } items ? ListForm.Write(items) : null;
}
