using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Reports.Maps;

namespace ProbePipeline.Applying;

/// <summary>What a probe said of pictures.</summary>
/// <param name="Readings">A picture each, in the order in which they were given.</param>
/// <param name="Card">The probe's card.</param>
/// <param name="Source">Where the probe comes from.</param>
/// <param name="Files">The files that were written.</param>
public sealed record ApplyOutcome(ImmutableArray<PictureReading> Readings, ProbeCard Card, ProbeSource Source, ImmutableArray<string> Files)
{
    private const int ShownClasses = 5;

    /// <summary>The probe in one line.</summary>
    public string Probe => string.Create(CultureInfo.InvariantCulture,
        $"{Source.Target} read at {Card.Site} ({Card.Pooling}) under {Card.Condition}; {Card.TestAccuracy:0.000} right on the run's test rows");

    /// <summary>The likeliest classes of every picture, five at most.</summary>
    public ImmutableArray<(string Picture, string Region, ImmutableArray<(string Class, string Probability)> Likeliest)> Lines =>
    [
        .. Readings.Select(reading => (reading.Picture, reading.Region, reading.Ranked.Take(ShownClasses)
            .Select(pair => (pair.Class, pair.Probability.ToString("0.000", CultureInfo.InvariantCulture))).ToImmutableArray())),
    ];

    /// <summary>Every class of every picture as CSV.</summary>
    public string ToCsv() => Encoding.UTF8.GetString(ReadingWriter.Csv(Readings));

    /// <summary>The same as JSON.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ReadingWriter.Json(Readings));
}
