using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.xUnitV3;
using ProbePipeline.Architecture.Tests.Planted;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ProbePipeline.Architecture.Tests;

public sealed class ProjectRuleTests
{
    private const string TorchNamespace = @"^TorchSharp(\.|$)";
    private const string Planted = "ProbePipeline.Architecture.Tests";

    public static TheoryData<string> Projects { get; } = new(House.Rules.Select(rule => rule.Name));

    [Fact]
    public void FloorPlan_EveryProject_HasItsLine() => Assert.Empty(House.ProjectNames.Except(ProjectRule.All.Select(rule => rule.Name)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_OfEveryProject_UseOnlyWhatTheFloorPlanAllows(string project)
    {
        var rule = RuleOf(project);
        foreach (var other in House.Rules.Where(other => other != rule))
        {
            if (!rule.MayUse.Contains(other.Name))
            {
                NoUse(rule.AssemblyName, other.AssemblyName).Check(House.Types);
            }
            else if (rule.ValuesOf.Contains(other.Name))
            {
                NoUseBelow(rule.AssemblyName, other.Name).Check(House.Types);
            }
        }
        if (!rule.MayUseTorch)
        {
            NoUseOfTorch(rule.AssemblyName).Check(House.Types);
        }
    }

    // An unused reference leaves no trace in an assembly, and is forbidden all the same.
    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFile_OfEveryProject_NamesOnlyWhatTheFloorPlanAllows(string project) =>
        Assert.Empty(ForbiddenReferences(RuleOf(project), House.ReferencesOf(project)));

    [Fact]
    public void NoUse_PlantedUse_IsCaught() => Assert.Equal([typeof(UsesInputs).FullName], ViolatorsOf(NoUse(Planted, "ProbePipeline.Inputs")));

    [Fact]
    public void NoUseBelow_PlantedUseOfAFolder_IsCaughtAndTheRootIsNot() =>
        Assert.Equal([typeof(UsesInner).FullName], ViolatorsOf(NoUseBelow(Planted, $"{Planted}.Planted", from: $"^{Planted}.Planted$")));

    [Fact]
    public void NoUseOfTorch_PlantedUse_IsCaught() => Assert.Equal([typeof(UsesForbiddenCalls).FullName, typeof(UsesScalars).FullName, typeof(UsesTorch).FullName], ViolatorsOf(NoUseOfTorch(Planted)).Order(StringComparer.Ordinal));

    [Fact]
    public void ForbiddenReferences_PlantedReferences_AreCaught()
    {
        var references = House.ReferencesIn("""
            <Project>
              <ItemGroup>
                <ProjectReference Include="../ProbePipeline.Features/ProbePipeline.Features.csproj" />
                <ProjectReference Include="..\ProbePipeline.Cli\ProbePipeline.Cli.csproj" />
                <PackageReference Include="TorchSharp-cpu" />
                <PackageReference Include="SkiaSharp" />
              </ItemGroup>
            </Project>
            """);

        Assert.Equal(["ProbePipeline.Cli", "TorchSharp-cpu"], ForbiddenReferences(new ProjectRule("Any", "ProbePipeline.Features"), references));
        Assert.Equal(["ProbePipeline.Cli"], ForbiddenReferences(new ProjectRule("Any", "ProbePipeline.Features") { MayUseTorch = true }, references));
    }

    private static ProjectRule RuleOf(string project) => ProjectRule.All.Single(rule => rule.Name == project);

    private static ArchRule<IType> NoUse(string assembly, string other) => Types().That().ResideInAssembly(Loaded(assembly))
        .Should().NotDependOnAny(Types().That().ResideInAssembly(Loaded(other)))
        .Because($"the floor plan does not let {assembly} use {other}").WithoutRequiringPositiveResults();

    private static ArchRule<IType> NoUseBelow(string assembly, string root, string from = ".*") => Types().That().ResideInAssembly(Loaded(assembly))
        .And().ResideInNamespaceMatching(from)
        .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^{root}\."))
        .Because($"{assembly} may use only the value types in {root} itself").WithoutRequiringPositiveResults();

    private static ArchRule<IType> NoUseOfTorch(string assembly) => Types().That().ResideInAssembly(Loaded(assembly))
        .Should().NotDependOnAny(Types(includeReferenced: true).That().ResideInNamespaceMatching(TorchNamespace))
        .Because($"{assembly} works without TorchSharp").WithoutRequiringPositiveResults();

    private static System.Reflection.Assembly Loaded(string assembly) => System.Reflection.Assembly.Load(assembly);

    private static IEnumerable<string> ForbiddenReferences(ProjectRule rule, IEnumerable<string> references) =>
        from reference in references
        let isHouse = ProjectRule.All.Any(other => other.Name == reference)
        let isTorch = reference.StartsWith("TorchSharp", StringComparison.Ordinal) || reference.StartsWith("libtorch", StringComparison.Ordinal)
        where (isHouse && !rule.MayUse.Contains(reference)) || (isTorch && !rule.MayUseTorch)
        select reference;

    private static IEnumerable<string> ViolatorsOf(ArchRule<IType> rule) =>
        rule.Evaluate(House.Types).Where(result => !result.Passed).Select(result => result.EvaluatedObjectIdentifier.Identifier);
}
