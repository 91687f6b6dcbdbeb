using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>One request on its way through a network.</summary>
internal sealed class RequestPass
{
    public RequestPass(ForwardRequest request, PassDepth depth, TokenSelection selection)
    {
        (Request, Depth) = (request, depth);
        Edits = new StateEdits(selection, request.Edits);
        Selection = selection;
        Collector = new StateCollector(selection, request, Edits);
    }

    public ForwardRequest Request { get; }

    public PassDepth Depth { get; }

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
