namespace ProbePipeline.Architecture.Tests.Planted;

internal sealed record UsesInputs(Inputs.ImageTokenKind Kind);
