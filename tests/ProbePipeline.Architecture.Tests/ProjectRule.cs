namespace ProbePipeline.Architecture.Tests;

/// <summary>What one project under src may use of the others; what is not named is forbidden.</summary>
/// <param name="Name">The project's name and folder.</param>
/// <param name="MayUse">The projects that it may use.</param>
internal sealed record ProjectRule(string Name, params string[] MayUse)
{
    /// <summary>The floor plan: one line a project. A line for a project that does not exist yet waits for it.</summary>
    public static IReadOnlyList<ProjectRule> All { get; } =
    [
        new("ProbePipeline.Inputs"),
        new("ProbePipeline.Torch") { MayUseTorch = true },
        new("ProbePipeline.Models", "ProbePipeline.Inputs", "ProbePipeline.Torch") { ValuesOf = ["ProbePipeline.Inputs"], MayUseTorch = true },
        new("ProbePipeline.Features"),
        new("ProbePipeline.Capture", "ProbePipeline.Inputs", "ProbePipeline.Torch", "ProbePipeline.Models", "ProbePipeline.Features") { MayUseTorch = true },
        new("ProbePipeline.Probes", "ProbePipeline.Features", "ProbePipeline.Torch") { MayUseTorch = true },
        new("ProbePipeline.Reports", "ProbePipeline.Features", "ProbePipeline.Probes"),
        new("ProbePipeline", "ProbePipeline.Inputs", "ProbePipeline.Models", "ProbePipeline.Features", "ProbePipeline.Capture", "ProbePipeline.Probes", "ProbePipeline.Reports"),
        new("ProbePipeline.Cli", "ProbePipeline") { AssemblyName = "probe" },
    ];

    /// <summary>The projects of which only the root namespace may be used: the value types.</summary>
    public IReadOnlyList<string> ValuesOf { get; init; } = [];

    public bool MayUseTorch { get; init; }

    public string AssemblyName { get; init; } = Name;

    public override string ToString() => Name;
}
