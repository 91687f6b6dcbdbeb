using Mono.Cecil;

namespace ProbePipeline.Architecture.Tests;

/// <summary>
/// Calls, found in compiled code, by which a native number is made that nothing keeps alive while libtorch reads it. TorchSharp takes the number's address and
/// lets go of it before the native call; a garbage collection on another thread then frees it under the call (see TensorArithmetic).
/// </summary>
internal sealed class ScalarCalls
{
    private const string Scalar = "TorchSharp.Scalar";

    /// <summary>Functions of TorchSharp that make such a number on the way, themselves or by what they call.</summary>
    private readonly HashSet<string> _makers;

    public ScalarCalls(string torchSharp)
    {
        using var module = ModuleDefinition.ReadModule(torchSharp);
        var callers = Methods(module).Where(method => !Makes(method) && method.DeclaringType.FullName != Scalar)
            .Select(method => (method.FullName, Calls: Called(method).ToArray(), IsSafe: Frees(method)))
            .ToArray();
        _makers = [.. callers.Where(caller => !caller.IsSafe && caller.Calls.Any(Makes)).Select(caller => caller.FullName)];
        for (var known = 0; known < _makers.Count;)
        {
            known = _makers.Count;
            _makers.UnionWith(callers.Where(caller => caller.Calls.Any(call => _makers.Contains(call.FullName))).Select(caller => caller.FullName).ToArray());
        }
    }

    /// <summary>"Caller calls callee" for every unsafe call in an assembly.</summary>
    public IEnumerable<string> In(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. from method in Methods(module)
               from call in Called(method)
               // A number that is made by name is freed by name: as many times, in the same method.
               where IsConversion(call) || _makers.Contains(call.FullName) || (IsToScalar(call) && !Frees(method) && !method.IsConstructor)
               select $"{method.DeclaringType.FullName}.{method.Name} calls {call.FullName}",
        ];
    }

    private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) => module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<MethodReference> Called(MethodDefinition method) =>
        method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>().Select(call => call.GetElementMethod());

    private static bool Frees(MethodDefinition method) => Called(method).Count(call => call.Name == "Dispose" && call.DeclaringType.FullName is Scalar or "System.IDisposable")
        >= Called(method).Count(Makes);

    private static bool Makes(MethodReference method) => IsConversion(method) || IsToScalar(method);

    private static bool IsConversion(MethodReference method) => method.Name == "op_Implicit" && method.DeclaringType.FullName == Scalar;

    private static bool IsToScalar(MethodReference method) => method.Name == "ToScalar" && method.ReturnType.FullName == Scalar;
}
