using ProbePipeline.Architecture.Tests.Planted;

namespace ProbePipeline.Architecture.Tests;

public sealed class ScalarCallTests
{
    private static readonly ScalarCalls Calls = new(Assembly("TorchSharp"));

    public static TheoryData<string> Assemblies { get; } = new(House.Rules.Where(rule => rule.MayUseTorch).Select(rule => rule.AssemblyName));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void In_EveryProject_IsNoNumberThatNothingKeepsAlive(string assembly) => Assert.Empty(Calls.In(Assembly(assembly)));

    [Fact]
    public void In_PlantedCalls_AreFoundAndSafeOnesAreNot()
    {
        var found = Calls.In(typeof(UsesScalars).Assembly.Location).Select(call => call.Split(" calls ")[0].Split('.')[^1]).Distinct();

        Assert.Equal([nameof(UsesScalars.Converted), nameof(UsesScalars.Operator), nameof(UsesScalars.Inside), nameof(UsesScalars.NeverFreed)], found);
    }

    private static string Assembly(string name) => System.Reflection.Assembly.Load(name).Location;
}
