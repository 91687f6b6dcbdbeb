using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>One request on its way through a network.</summary>
internal sealed class RequestPass
{
    /// <param name="request">The request.</param>
    /// <param name="depth">How far it goes.</param>
    /// <param name="parts">How its rows go through the decoder.</param>
    /// <param name="tiles">What the vision tower sees of them.</param>
    public RequestPass(ForwardRequest request, PassDepth depth, PromptParts parts, SharedTiles tiles)
    {
        (Request, Depth, Parts) = (request, depth, parts);
        Selection = new TokenSelection(parts.Tokens, tiles, parts.First);
        var before = parts.Prefixes is { } prefixes ? new TokenSelection(parts.Tokens, tiles, prefixes: prefixes) : null;
        Edits = new StateEdits(Selection, request.Edits, before);
        Collector = new StateCollector(Selection, request, Edits, before);
    }

    public ForwardRequest Request { get; }

    public PassDepth Depth { get; }

    public PromptParts Parts { get; }

    public TokenSelection Selection { get; }

    public StateEdits Edits { get; }

    public StateCollector Collector { get; }

    /// <summary>What came out at the end, where it was asked for.</summary>
    public RowStates? Logits { get; set; }

    /// <summary>Hands over what was kept.</summary>
    public ForwardResult Result() => Collector.Result(Logits);

    /// <summary>What the request changes at some sites, as text: equal where two requests change the same.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="numbers">The edits seen so far, of all requests.</param>
    public string EditsAt(IEnumerable<Site> sites, Dictionary<StateEdit, int> numbers) => string.Join(' ', Edits.At(sites).Select(edit =>
    {
        if (!numbers.TryGetValue(edit, out var number))
        {
            numbers[edit] = number = numbers.Count;
        }

        return number;
    }));
}
