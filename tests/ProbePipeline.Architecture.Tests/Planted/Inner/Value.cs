namespace ProbePipeline.Architecture.Tests.Planted.Inner;

internal sealed record Value(int Number);
