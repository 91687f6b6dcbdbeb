using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Analysis;

/// <summary>Whether probe and answer are right about the same test rows.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Site">The probe's site.</param>
/// <param name="Probe">1 for every test row that the probe has right, 0 for the others.</param>
/// <param name="Answer">The same of the answer.</param>
/// <param name="Bootstrap">Intervals over the test rows.</param>
internal sealed record RowAgreement(string Condition, string Site, double[] Probe, double[] Answer, ClusterBootstrap Bootstrap)
{
    private double[] Both => [.. Probe.Zip(Answer, (probe, answer) => probe * answer)];

    private double[] OnlyProbe => [.. Probe.Zip(Answer, (probe, answer) => probe * (1 - answer))];

    private double[] OnlyAnswer => [.. Probe.Zip(Answer, (probe, answer) => (1 - probe) * answer)];

    private double[] Neither => [.. Probe.Zip(Answer, (probe, answer) => (1 - probe) * (1 - answer))];

    private double Kappa => CohenKappa.Of(Probe.Average(), Answer.Average(), Both.Average());

    /// <param name="first">The condition that the others are compared with.</param>
    public ReadableVersusUsed Against(RowAgreement first)
    {
        var (low, high) = Bootstrap.Interval(means => CohenKappa.Of(means[0], means[1], means[2]), Probe, Answer, Both);
        return new ReadableVersusUsed
        {
            Site = Site,
            BothRight = (int)Both.Sum(),
            OnlyProbeRight = (int)OnlyProbe.Sum(),
            OnlyAnswerRight = (int)OnlyAnswer.Sum(),
            NeitherRight = (int)Neither.Sum(),
            Kappa = Kappa,
            Low = low,
            High = high,
            Change = first.Condition == Condition ? null : new ReadableVersusUsedChange(
                first.Condition, Change(Both, first.Both), Change(OnlyProbe, first.OnlyProbe), Change(OnlyAnswer, first.OnlyAnswer), Change(Neither, first.Neither), KappaChange(first)),
        };
    }

    private MeasuredChange Change(double[] shares, double[] others)
    {
        double[] differences = [.. shares.Zip(others, (one, other) => one - other)];
        var (low, high) = Bootstrap.Interval(differences);
        return new MeasuredChange(differences.Average(), low, high);
    }

    private MeasuredChange KappaChange(RowAgreement first)
    {
        var (low, high) = Bootstrap.Interval(
            means => CohenKappa.Of(means[0], means[1], means[2]) - CohenKappa.Of(means[3], means[4], means[5]), Probe, Answer, Both, first.Probe, first.Answer, first.Both);
        return new MeasuredChange(Kappa - first.Kappa, low, high);
    }
}
