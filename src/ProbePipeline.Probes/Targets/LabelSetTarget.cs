using System.Collections.Immutable;

namespace ProbePipeline.Probes.Targets;

/// <summary>Several labels a row, each there or not: multi-label classification.</summary>
public sealed record LabelSetTarget
{
    /// <param name="name">What the labels are.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="present">For every row, label by label, whether it is there.</param>
    /// <param name="folds">The splits: what a label needs rows with and without it in.</param>
    /// <exception cref="ProbeException">No label can be learned and tested, or a row has not as many entries as there are labels.</exception>
    public LabelSetTarget(string name, ImmutableArray<string> labels, ImmutableArray<ImmutableArray<bool>> present, LabeledRows folds)
    {
        if (present.Length != folds.Labels.Length || present.Any(row => row.Length != labels.Length))
        {
            throw new ProbeException($"target {name}: expected {labels.Length} entries for each of {folds.Labels.Length} rows; found {present.Length} rows");
        }

        bool Differs(IEnumerable<int> rows, int label) => rows.Select(row => present[row][label]).Distinct().Count() == 2;
        int[] usable = [.. Enumerable.Range(0, labels.Length).Where(label => Differs(folds.Test, label) && folds.Folds.All(fold => Differs(fold.Train, label)))];
        (Name, Labels, LeftOut) = (name, [.. usable.Select(label => labels[label])], [.. labels.Where((_, label) => !usable.Contains(label))]);
        Present = [.. present.Select(row => usable.Select(label => row[label]).ToImmutableArray())];
        if (usable.Length == 0)
        {
            throw new ProbeException($"target {name}: expected a label that some training rows and some test rows have and others have not; found none among {string.Join(", ", labels)}; use more pictures, or another field");
        }
    }

    /// <summary>What the labels are.</summary>
    public string Name { get; }

    /// <summary>The labels that can be learned and tested.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Labels that all or none of the training rows or test rows have.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>For every row, label by label, whether it is there.</summary>
    public ImmutableArray<ImmutableArray<bool>> Present { get; }
}
