namespace ProbePipeline.Probes.Results;

/// <summary>
/// A probe that was trained on one condition's states and reads another's. It asks whether the target is still written in the same code; the other
/// condition's own probe asks whether it can be read at all.
/// </summary>
/// <param name="Trained">The condition whose states trained and chose the probe.</param>
/// <param name="Tested">The condition whose states it reads.</param>
/// <param name="Site">The site.</param>
/// <param name="Accuracy">Share of right predictions on test rows.</param>
/// <param name="Low">Lower end of the 95 % interval of <paramref name="Accuracy"/>: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
/// <param name="Difference"><paramref name="Accuracy"/> less that of the probe that was trained under <paramref name="Tested"/>.</param>
/// <param name="DifferenceLow">Lower end of the 95 % interval of the paired <paramref name="Difference"/>, on the same resamples.</param>
/// <param name="DifferenceHigh">Upper end of the same interval.</param>
public sealed record Transfer(
    string Trained, string Tested, string Site, double Accuracy, double Low, double High, double Difference, double DifferenceLow, double DifferenceHigh);
