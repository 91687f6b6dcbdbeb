using System.Numerics;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A key whose number may be missing, which means something of its own.</summary>
internal sealed record OptionalNumberKey<TOptions, TValue>(
    string Name, string Description, NumberForm<TValue> NumberForm, Func<TOptions, TValue?> Get, Func<TOptions, TValue, TOptions> With)
    : Key<TOptions>(Name, Description)
    where TValue : struct, INumber<TValue>
{
    public override IValueForm Form => NumberForm;

    public override TOptions Read(TOptions options, SourceNode value, string key, ProblemList problems) =>
        TryRead(NumberForm, value, key, problems, out var read) ? With(options, read) : options;

    public override SourceNode? Write(TOptions options) => Get(options) is { } value ? NumberForm.Write(value) : null;
}
