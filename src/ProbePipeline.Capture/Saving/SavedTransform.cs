using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using ProbePipeline.Features;

namespace ProbePipeline.Capture.Saving;

/// <summary>
/// A transform's options as text, which a saved pipeline carries in place of the transform.
/// </summary>
internal sealed record SavedTransform
{
    private const string Mark = "ProbePipeline.Capture ";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public required SavedModel Model { get; init; }

    public required ImmutableArray<SavedCondition> Conditions { get; init; }

    public SavedStates? States { get; init; }

    public AnswerOptions? Answers { get; init; }

    public LensOptions? Lens { get; init; }

    public GeneratedAnswerOptions? Generation { get; init; }

    public static SavedTransform Of(ProbedModel model, HiddenStateOptions options) => Of(model, options.Conditions) with { States = SavedStates.Of(options) };

    public static SavedTransform Of(ProbedModel model, AnswerOptions options) => Of(model, options.Conditions) with { Answers = options with { Conditions = [] } };

    public static SavedTransform Of(ProbedModel model, LensOptions options) => Of(model, options.Conditions) with { Lens = options with { Conditions = [] } };

    public static SavedTransform Of(ProbedModel model, GeneratedAnswerOptions options) => Of(model, options.Conditions) with { Generation = options with { Conditions = [] } };

    /// <summary>The options of a transformer that was loaded in place of a real one; null where it is something else.</summary>
    public static SavedTransform? In(ITransformer loaded) => CarriedText.Read(loaded, Mark) is { } text ? JsonSerializer.Deserialize<SavedTransform>(text, Json) : null;

    /// <summary>What ML.NET is to save.</summary>
    public ITransformer Placeholder() => CarriedText.Write(Mark, JsonSerializer.Serialize(this, Json));

    public NetworkTransformer Restore(ProbedModel model)
    {
        ImmutableArray<CaptureCondition> conditions = [.. Conditions.Select(condition => condition.Restore())];
        return States is not null ? CaptureCatalog.HiddenStates(model, States.Restore(conditions))
            : Answers is not null ? CaptureCatalog.Answers(model, Answers with { Conditions = conditions })
            : Generation is not null ? CaptureCatalog.Generated(model, Generation with { Conditions = conditions })
            : CaptureCatalog.Lens(model, Lens! with { Conditions = conditions });
    }

    private static SavedTransform Of(ProbedModel model, ImmutableArray<CaptureCondition> conditions) =>
        new() { Model = SavedModel.Of(model), Conditions = [.. conditions.Select(SavedCondition.Of)] };
}
