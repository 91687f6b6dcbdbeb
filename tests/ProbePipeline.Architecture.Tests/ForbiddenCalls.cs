using Mono.Cecil;

namespace ProbePipeline.Architecture.Tests;

/// <summary>What compiled code refers to that would start another program, or run code from a file: no checkpoint, dataset or result may bring it that far.</summary>
internal static class ForbiddenCalls
{
    private static readonly string[] Types =
    [
        "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter",
        "Microsoft.CSharp.CSharpCodeProvider", "TorchSharp.torch/jit",
    ];

    // Pickles and compiled networks; assemblies by path or bytes.
    private static readonly (string Type, string Method)[] Methods =
    [
        ("System.Reflection.Assembly", "Load"), ("System.Reflection.Assembly", "LoadFrom"), ("System.Reflection.Assembly", "LoadFile"), ("System.Reflection.Assembly", "UnsafeLoadFrom"),
        ("System.Runtime.Loader.AssemblyLoadContext", "LoadFromAssemblyPath"), ("System.Runtime.Loader.AssemblyLoadContext", "LoadFromStream"),
        ("TorchSharp.torch", "load"), ("TorchSharp.torch/nn/Module", "load"), ("TorchSharp.torch/nn/Module", "load_py"),
    ];

    /// <summary>The forbidden types and methods that an assembly refers to.</summary>
    public static IReadOnlyList<string> In(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module.GetTypeReferences().Select(type => type.FullName).Intersect(Types),
            .. module.GetMemberReferences().Where(member => Methods.Contains((member.DeclaringType.GetElementType().FullName, member.Name))).Select(member => $"{member.DeclaringType.FullName}.{member.Name}").Distinct(),
        ];
    }
}
