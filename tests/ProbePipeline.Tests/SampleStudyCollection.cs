namespace ProbePipeline.Tests;

/// <summary>Classes of tests that share one run of the sample study.</summary>
[CollectionDefinition]
public sealed class SampleStudyCollection : ICollectionFixture<SampleStudy>;
