using System.Reflection;

namespace ProbePipeline.Torch.Tests.Natives;

/// <summary>TorchSharp's library for Linux as its package holds it; the build notes where that is.</summary>
internal static class PublishedLibrary
{
    public static string Path { get; } = typeof(PublishedLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PublishedTorchSharpLibrary").Value!;
}
