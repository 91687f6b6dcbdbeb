using ProbePipeline.Probes.Directions;

namespace ProbePipeline.Probes.Tests.Directions;

public sealed class OrthonormalBasisTests
{
    [Fact]
    public void Of_DependentVectors_HasOneForEachDimension()
    {
        var basis = OrthonormalBasis.Of([[0, 0, 2], [0, 3, 4], [0, 3, 6]], [], 1e-9);

        Assert.Equal(2, basis.Length);
        // The longest comes first.
        Assert.Equal([0, 3 / Math.Sqrt(45), 6 / Math.Sqrt(45)], basis[0].Select(value => value), (one, other) => Math.Abs(one - other) < 1e-15);
        Assert.Equal(0, basis[0].Zip(basis[1], (one, other) => one * other).Sum(), 1e-15);
        Assert.Equal(1, basis[1].Sum(value => value * value), 1e-15);
    }

    [Fact]
    public void Of_GivenDirections_IsAtRightAnglesToThem()
    {
        var basis = OrthonormalBasis.Of([[5, 1e-6, 0], [7, 0, 0]], [[1, 0, 0]], 1e-9);

        Assert.Equal([[0, 1, 0]], basis);
    }

    [Fact]
    public void Of_ShortRemainder_IsNone() => Assert.Empty(OrthonormalBasis.Of([[5, 1e-6, 0]], [[1, 0, 0]], 1e-5));
}
