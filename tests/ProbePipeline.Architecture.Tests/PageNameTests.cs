using System.Reflection;
using System.Text.RegularExpressions;
using ProbePipeline.Testing;

namespace ProbePipeline.Architecture.Tests;

/// <summary>The pages for developers speak of the code as it is.</summary>
public sealed partial class PageNameTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly ILookup<string, Type> Types = House.Rules.Select(rule => Assembly.Load(rule.AssemblyName)).Append(typeof(PageNameTests).Assembly)
        .SelectMany(assembly => assembly.GetTypes()).ToLookup(type => type.Name.Split('`')[0]);

    private static readonly HashSet<string> Members = [.. Types.SelectMany(named => named).SelectMany(type => type.GetMembers(Any)).Select(member => member.Name)];

    [Theory]
    [InlineData("docs/architecture.md")]
    public void EveryName_InThePage_IsInTheCode(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        string[] names = [.. CodeName().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(names.Length > 10, $"{page} has {names.Length} names of the code");
        Assert.Empty(names.Where(name => !IsInTheCode(name)));
    }

    [Fact]
    public void IsInTheCode_NameOfNothing_IsNot()
    {
        Assert.True(IsInTheCode("Experiment.Run"));
        Assert.False(IsInTheCode("Experiment.Walk"));
        Assert.False(IsInTheCode("ExperimentWalker"));
    }

    private static bool IsInTheCode(string name) => name.Split('.') is [var type, var member]
        ? Types[type].Any(found => found.GetMember(member, Any).Length > 0)
        : Types[name].Any() || Members.Contains(name);

    // `Type`, `Type.Member`, `Member`: begins like one, and is not a word of an experiment file, a path or a command.
    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)?)`")]
    private static partial Regex CodeName();
}
