using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>Is shown states as a forward comes past them, and may change them. What it keeps it must take out of the current dispose scope.</summary>
internal interface IStateObserver
{
    /// <summary>Whether <see cref="Observe"/> should be called for a site: a state that nobody wants is not computed.</summary>
    bool Wants(Site site);

    /// <summary>The states of a site as everything behind it shall see them; the same tensor where nothing is changed.</summary>
    Tensor Edit(Site site, Tensor states) => states;

    /// <summary>Shows the states of a site, [rows or tiles, tokens, width]; where they are changed, the changed ones.</summary>
    void Observe(Site site, Tensor states);

    /// <summary>Takes states past a site: changed where they are to be, then shown.</summary>
    Tensor Pass(Site site, Tensor states)
    {
        var passed = Edit(site, states);
        if (Wants(site))
        {
            Observe(site, passed);
        }

        return passed;
    }

    /// <summary>Whether <see cref="ObservePattern"/> should be called.</summary>
    bool WantsPattern(Tower tower, int layer);

    /// <summary>Shows a layer's attention pattern, [rows or tiles, heads, queries, keys].</summary>
    void ObservePattern(Tower tower, int layer, Tensor pattern);

    /// <summary>
    /// The tokens whose states are read behind a tower's last layer, as places among all rows' or tiles' tokens; null: any may be, or what is inside the layer is read.
    /// </summary>
    IEnumerable<long>? ReadBehind(Tower tower, int layer) => null;
}
