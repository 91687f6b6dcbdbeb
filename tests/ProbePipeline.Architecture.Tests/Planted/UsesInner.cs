namespace ProbePipeline.Architecture.Tests.Planted;

internal sealed record UsesInner(Inner.Value Value);
