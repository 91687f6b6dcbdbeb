namespace ProbePipeline.Architecture.Tests.Planted;

internal sealed class UsesRoot
{
    public static string Name => nameof(UsesInner) + typeof(UsesInner).Name;
}
