namespace ProbePipeline.Testing;

/// <summary>Where the networks of the goldens compute: <c>PROBE_DEVICE</c> (auto, cpu, cuda, cuda:N), or the CPU. eng/verify-gpu sets it.</summary>
public static class GoldenDevice
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("PROBE_DEVICE") is { Length: > 0 } chosen ? chosen : "cpu";
}
