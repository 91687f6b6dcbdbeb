using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A key of a section, as schema and documentation see it.</summary>
internal interface IKey
{
    string Name { get; }

    /// <summary>What it says, as a sentence.</summary>
    string Description { get; }

    bool Required { get; }

    /// <summary>The value where the key is left out; null where it is required or its section is left out as a whole.</summary>
    SourceNode? Default { get; }

    /// <summary>The default in words, where no value can say it.</summary>
    string? DefaultInWords { get; }

    IValueForm Form { get; }
}

/// <summary>A key of the section that <typeparamref name="TOptions"/> holds.</summary>
internal abstract record Key<TOptions>(string Name, string Description) : IKey
{
    public bool Required { get; init; }

    public string? DefaultInWords { get; init; }

    public abstract IValueForm Form { get; }

    SourceNode? IKey.Default => Required || DefaultInWords is not null ? null : Write(Defaults());

    /// <summary>The section's options where nothing is given.</summary>
    public Func<TOptions> Defaults { get; init; } = () => throw new InvalidOperationException("the key belongs to no section yet");

    /// <summary>Takes a value over; what cannot be read leaves the options as they are and is said.</summary>
    public abstract TOptions Read(TOptions options, SourceNode value, string key, ProblemList problems);

    /// <summary>The value to write; null where there is none.</summary>
    public abstract SourceNode? Write(TOptions options);

    /// <summary>The schema of the value, with description and default.</summary>
    public JsonObject Schema()
    {
        var schema = new JsonObject { ["description"] = Description };
        foreach (var (name, value) in Form.Schema())
        {
            schema[name] = value?.DeepClone();
        }

        if (((IKey)this).Default is { } standard and not SourceMapping)
        {
            schema["default"] = SchemaValue.Of(standard);
        }

        return schema;
    }
}

/// <summary>A key whose value, where there is one, has a form.</summary>
internal abstract record FormKey<TOptions, TValue>(string Name, string Description, ValueForm<TValue> ValueForm, Func<TOptions, TValue, TOptions> With)
    : Key<TOptions>(Name, Description)
{
    public override IValueForm Form => ValueForm;

    // Of a section with mistakes in it what is right is taken over, so that it can be checked together with other keys.
    public override TOptions Read(TOptions options, SourceNode value, string key, ProblemList problems) =>
        ValueForm.TryRead(value, key, problems, out var read) || (ValueForm is ISectionForm && read is not null) ? With(options, read) : options;
}

/// <summary>A key that always has a value.</summary>
internal sealed record Key<TOptions, TValue>(
    string Name, string Description, ValueForm<TValue> ValueForm, Func<TOptions, TValue> Get, Func<TOptions, TValue, TOptions> With)
    : FormKey<TOptions, TValue>(Name, Description, ValueForm, With)
{
    public override SourceNode? Write(TOptions options) => ValueForm.Write(Get(options));
}

/// <summary>A key whose value may be missing, which means something of its own.</summary>
internal sealed record OptionalKey<TOptions, TValue>(
    string Name, string Description, ValueForm<TValue> ValueForm, Func<TOptions, TValue?> Get, Func<TOptions, TValue, TOptions> With)
    : FormKey<TOptions, TValue>(Name, Description, ValueForm, With)
    where TValue : class
{
    public override SourceNode? Write(TOptions options) => Get(options) is { } value ? ValueForm.Write(value) : null;
}
