namespace ProbePipeline.Probes.Tests;

/// <summary>Tests of files that were tampered with: alone, since what a reader allocates and how long it takes is measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostileInputCollection
{
    public const string Name = "hostile input";
}
