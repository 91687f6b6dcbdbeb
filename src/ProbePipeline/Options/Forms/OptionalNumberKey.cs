using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A key whose number may be missing, which means something of its own.</summary>
internal sealed record OptionalNumberKey<TOptions, TValue>(
    string Name, string Description, ValueForm<TValue> ValueForm, Func<TOptions, TValue?> Get, Func<TOptions, TValue, TOptions> With)
    : FormKey<TOptions, TValue>(Name, Description, ValueForm, With)
    where TValue : struct
{
    public override SourceNode? Write(TOptions options) => Get(options) is { } value ? ValueForm.Write(value) : null;
}
