using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>How the figures were found, in a paragraph that a paper could take over, and whom to cite for it. It says what this run did and nothing else.</summary>
internal static class MethodSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        var method = new Method(results);
        if (!method.HasFigures)
        {
            yield break;
        }

        yield return new Heading(2, "Method");
        yield return new Paragraph(string.Join(' ', method.Sentences()));
        yield return TableBlock.Of("References", method.References()).Text("for", reference => reference.For).Text("source", reference => reference.Source);
    }
}
