using System.Collections.Immutable;
using ProbePipeline.Inputs.Datasets;

namespace ProbePipeline.Options;

/// <summary>A form in which a dataset is written.</summary>
/// <param name="Name">How experiments name it.</param>
/// <param name="Description">What it is, for the reference of the experiment file.</param>
/// <param name="Required">The keys without which it cannot be opened.</param>
/// <param name="Optional">The keys that it takes beside them.</param>
/// <param name="Open">Opens it; nothing is read or drawn yet.</param>
internal sealed record DatasetForm(string Name, string Description, ImmutableArray<string> Required, ImmutableArray<string> Optional, Func<DatasetOptions, IPartDataset> Open);
