using System.Collections.Immutable;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A key whose list may be missing, which means something of its own; an empty list is never written.</summary>
internal sealed record OptionalListKey<TOptions, TItem>(
    string Name, string Description, ValueForm<ImmutableArray<TItem>> ValueForm, Func<TOptions, ImmutableArray<TItem>> Get, Func<TOptions, ImmutableArray<TItem>, TOptions> With)
    : FormKey<TOptions, ImmutableArray<TItem>>(Name, Description, ValueForm, With)
{
    public override SourceNode? Write(TOptions options) => Get(options) is { IsDefaultOrEmpty: false } items ? ValueForm.Write(items) : null;
}
