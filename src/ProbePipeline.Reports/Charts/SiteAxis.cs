using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Charts;

/// <summary>
/// Sites side by side, in the order of computation, in three groups: vision tower, projector, decoder. Where states of the residual stream were
/// probed, the others (attention's and the MLP's outputs) are left to the tables: a line through both would be none.
/// </summary>
internal sealed class SiteAxis
{
    private readonly Dictionary<string, double> _positions = [];

    public SiteAxis(ExperimentResults results)
    {
        ImmutableArray<ProbeResult> all = [.. results.Probes().DistinctBy(probe => probe.Site)];
        ImmutableArray<ProbeResult> stream = [.. all.Where(probe => !IsPart(probe.Site))];
        Sites = stream.IsEmpty ? all : stream;
        var gap = Gap(Sites);
        var position = 0.0;
        foreach (var probe in Sites)
        {
            position += _positions.Count == 0 ? 0 : 1 + (Group(probe) == Groups[^1].Name ? 0 : gap);
            _positions[probe.Site] = position;
            if (Groups.IsEmpty || Groups[^1].Name != Group(probe))
            {
                Groups = Groups.Add((Group(probe), position, position));
            }

            Groups = Groups.SetItem(Groups.Length - 1, Groups[^1] with { End = position });
        }

        End = position;
    }

    /// <summary>One probe a site: its values are those of whichever condition came first.</summary>
    public ImmutableArray<ProbeResult> Sites { get; }

    /// <summary>Runs of neighbouring sites that belong together, with the first and the last position.</summary>
    public ImmutableArray<(string Name, double Start, double End)> Groups { get; private set; } = [];

    /// <summary>The last position; the first is 0.</summary>
    public double End { get; }

    /// <summary>What the axis shows, for panels that draw sites off the path hollow.</summary>
    public string Label => Sites.Any(site => !site.OnPath) ? "layer (hollow: not on the way to the answer)" : "layer";

    public bool Has(string site) => _positions.ContainsKey(site);

    public double this[string site] => _positions[site];

    /// <summary>Items of the sites that are drawn, from left to right.</summary>
    /// <param name="items">What there is of some sites.</param>
    /// <param name="site">The site of an item.</param>
    public (double X, TItem Item)[] Along<TItem>(IEnumerable<TItem> items, Func<TItem, string> site) =>
        [.. items.Where(item => Has(site(item))).Select(item => (this[site(item)], item)).OrderBy(point => point.Item1)];

    /// <summary>Layer numbers, as many as there is room for.</summary>
    /// <param name="room">How many fit.</param>
    public IEnumerable<(double Position, string Text)> Ticks(int room)
    {
        var step = Math.Max(1, (int)Math.Ceiling((double)Sites.Length / room));
        return Sites.Where(probe => probe.Layer < 0 || probe.Layer % step == 0).Select(probe => (_positions[probe.Site], Short(probe)));
    }

    // The projector is one site between two towers: the more sites, the wider the gap beside it has to be for its name to fit.
    private static double Gap(ImmutableArray<ProbeResult> sites) =>
        sites.Any(probe => probe.Site == "projector") ? Math.Max(0.85, (sites.Length - 7) / 5.4) : 0.85;

    private static bool IsPart(string site) => site.Contains(".attn_out.", StringComparison.Ordinal) || site.Contains(".mlp_out.", StringComparison.Ordinal);

    private static string Group(ProbeResult probe) =>
        probe.Site == "projector" ? "projector" : probe.Tower == "vision" ? "vision tower" : "language decoder";

    private static string Short(ProbeResult probe) => probe.Layer >= 0
        ? probe.Layer.ToString(CultureInfo.InvariantCulture)
        : probe.Site.Split('.')[^1] switch
        {
            "projector" => "",
            "embeddings" => "in",
            "final_norm" => "norm",
            var other => other,
        };
}
