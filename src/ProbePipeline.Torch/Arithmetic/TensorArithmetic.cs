using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Torch.Arithmetic;

/// <summary>
/// Sums with tensors, and products and quotients with numbers, that are safe beside the garbage collector. TorchSharp's operators (0.107.0) make a native number
/// on the way (the factor 1 of a sum is one too) and hold on to it no longer than until its address is read: a collection on another thread may free it while
/// libtorch still computes, which ends in "Expected false to be true" or, worse, in a sum with another factor. Here it lives until the result is there.
/// </summary>
/// <remarks>
/// Where a function of TorchSharp takes a number that is missing here, it is made by <c>using var number = value.ToScalar();</c>, never by conversion.
/// A test of the architecture looks for the unsafe ones in the compiled code.
/// </remarks>
public static class TensorArithmetic
{
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>tensor + other, broadcast.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, One);

    /// <summary>tensor + number, in the tensor's type.</summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add(scalar, One);
    }

    /// <summary>tensor * number, in the tensor's type.</summary>
    public static Tensor Times(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.mul(scalar);
    }

    /// <summary>tensor / number, in the tensor's type.</summary>
    public static Tensor DividedBy(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.div(scalar);
    }

    /// <summary>Adds another tensor to the tensor itself, and gives that back.</summary>
    public static Tensor AddInPlace(this Tensor tensor, Tensor other) => tensor.add_(other, One);

    /// <summary>Adds another tensor, times a number, to the tensor itself, and gives that back.</summary>
    public static Tensor AddInPlace(this Tensor tensor, Tensor other, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.add_(other, scalar);
    }

    /// <summary>Adds a product of two other tensors, times a number, to the tensor itself, and gives that back.</summary>
    public static Tensor AddProductInPlace(this Tensor tensor, Tensor one, Tensor other, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.addcmul_(one, other, scalar);
    }

    /// <summary>Adds a number to the tensor itself, and gives that back.</summary>
    public static Tensor AddInPlace(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add_(scalar, One);
    }

    /// <summary>Multiplies the tensor itself by a number, and gives it back.</summary>
    public static Tensor MultiplyInPlace(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.mul_(scalar);
    }

    /// <summary>Divides the tensor itself by a number, and gives it back.</summary>
    public static Tensor DivideInPlace(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.div_(scalar);
    }
}
