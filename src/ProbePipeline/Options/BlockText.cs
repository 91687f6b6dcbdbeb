using System.Collections.Immutable;
using ProbePipeline.Models.Masks;
using ProbePipeline.Options.Keys;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options;

/// <summary>The blocks of one condition as a line of YAML, as in an experiment file: <c>[{ tower: vision, from: all, to: all }]</c>.</summary>
internal static class BlockText
{
    public static string Write(ImmutableArray<AttentionBlock> blocks) => SourceWriter.WriteLine(ConditionsForm.WriteBlocks(blocks));

    /// <param name="text">The line.</param>
    /// <param name="source">How messages name where it comes from.</param>
    /// <param name="key">The key whose value it is.</param>
    /// <exception cref="ExperimentFileException">The text holds no blocks; the message has a line for every reason.</exception>
    public static ImmutableArray<AttentionBlock> Parse(string text, string source, string key)
    {
        var problems = new ProblemList();
        var node = SourceReader.Read(text, _ => Origin.Whole(source), key, problems);
        var blocks = node is null ? [] : ConditionsForm.ReadBlocks(node, key, problems);
        problems.ThrowIfAny();
        return blocks;
    }
}
