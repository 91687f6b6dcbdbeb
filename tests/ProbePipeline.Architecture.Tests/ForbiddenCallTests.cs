using ProbePipeline.Architecture.Tests.Planted;

namespace ProbePipeline.Architecture.Tests;

public sealed class ForbiddenCallTests
{
    public static TheoryData<string> Assemblies { get; } = new(House.Rules.Select(rule => rule.AssemblyName));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void In_EveryProject_IsNothingThatStartsAProgramOrRunsCodeFromAFile(string assembly) =>
        Assert.Empty(ForbiddenCalls.In(System.Reflection.Assembly.Load(assembly).Location));

    [Fact]
    public void In_PlantedCalls_AreFound() => Assert.Equal(
        ["System.Diagnostics.Process", "System.Reflection.Assembly.LoadFrom", "TorchSharp.torch.load"],
        ForbiddenCalls.In(typeof(UsesForbiddenCalls).Assembly.Location).Where(call => !call.EndsWith("Assembly.Load", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
