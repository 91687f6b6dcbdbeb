using System.Text.Json;
using Microsoft.ML;
using ProbePipeline.Features;
using ProbePipeline.Probes.Saving;

namespace ProbePipeline.Probes.Applying;

/// <summary>A transform that applies a probe, as text: its columns, and the probe as a file of one.</summary>
/// <param name="File">The bytes of a file of probes.</param>
/// <param name="Input">The column of vectors.</param>
/// <param name="Score">The column of probabilities.</param>
/// <param name="Predicted">The column of the likeliest class.</param>
internal sealed record SavedColumns(byte[] File, string Input, string Score, string Predicted)
{
    public const string Mark = "ProbePipeline.Probes ";

    public static SavedColumns Of(LinearProbe probe, string input, string score, string predicted)
    {
        // Of a transform's probe only its numbers are known.
        var card = new ProbeCard { Site = input, Pooling = "", Condition = "", Trainer = "", ValidationAccuracy = 0, TestAccuracy = 0 };
        return new SavedColumns(new ProbeFile([new SavedProbe(probe, card)]).ToBytes(), input, score, predicted);
    }

    /// <summary>The transformer that a loaded one stands for; null where it is something else.</summary>
    /// <exception cref="ProbeException">The probe in it is damaged.</exception>
    public static ProbeTransformer? In(ITransformer loaded) =>
        CarriedText.Read(loaded, Mark) is { } text && JsonSerializer.Deserialize<SavedColumns>(text) is var (file, input, score, predicted)
            ? new ProbeTransformer(ProbeFile.Parse(file, "the probe of a saved pipeline").Probes[0].Probe, input, score, predicted)
            : null;
}
