namespace ProbePipeline.Packages.Tests;

/// <summary>Packs once for all tests.</summary>
[CollectionDefinition(nameof(PackedFolderCollection))]
public sealed class PackedFolderCollection : ICollectionFixture<PackedFolder>;
