namespace ProbePipeline.Architecture.Tests.Planted;

/// <summary>Starts a program and runs code from files, to see that it is found; nobody calls it.</summary>
internal static class UsesForbiddenCalls
{
    public static void StartsAProgram() => System.Diagnostics.Process.Start("sh", "-c true").Dispose();

    public static object LoadsCode(string path) => System.Reflection.Assembly.LoadFrom(path);

    public static object LoadsAPickle(string path) => TorchSharp.torch.load(path);
}
