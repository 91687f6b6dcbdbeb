using System.Collections.Immutable;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

public sealed class StandardizationTests
{
    [Fact]
    public void Apply_ExampleOfScikitLearnsDocumentation_EqualsIt()
    {
        // StandardScaler's docstring (1.9.1): [[0, 0], [0, 0], [1, 1], [1, 1]] gives -1 and 1, and [[2, 2]] gives 3.
        var features = new FeatureMatrix([0, 0, 0, 0, 1, 1, 1, 1, 2, 2], 2);

        var standardization = Standardization.Of(features, [0, 1, 2, 3]);

        Assert.Equal([-1, -1, -1, -1, 1, 1, 1, 1], standardization.Apply(features, [0, 1, 2, 3]));
        Assert.Equal([3, 3], standardization.Apply(features, [4]));
    }

    [Fact]
    public void Apply_HandMadeNumbers_DividesByTheDeviationOverAllRows()
    {
        // Mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32 over 8 rows: deviation 2.
        var features = new FeatureMatrix([2, 4, 4, 4, 5, 5, 7, 9], 1);

        Assert.Equal([-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2], Standardize(features));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e6f)]
    [InlineData(1000000.06f)]
    [InlineData(0.1f)]
    [InlineData(-1e-30f)]
    [InlineData(3e38f)]
    public void Apply_ConstantColumn_BecomesZero(float constant) =>
        Assert.Equal(new float[601], Standardize(new FeatureMatrix([.. Enumerable.Repeat(constant, 601)], 1)));

    [Fact]
    public void Apply_ColumnThatVariesByOneStepOfAFloat_IsNotTakenForConstant() =>
        Assert.Equal([-1, 1, -1, 1], Standardize(new FeatureMatrix([1e6f, float.BitIncrement(1e6f), 1e6f, float.BitIncrement(1e6f)], 1)));

    [Theory]
    [InlineData(1e38f)]
    [InlineData(1e-42f)]
    public void Apply_HugeAndTinyColumns_BecomeOrdinary(float size) =>
        Assert.Equal([-1f, 1f], Standardize(new FeatureMatrix([-size, size], 1)));

    [Fact]
    public void Apply_ColumnConstantInTraining_IsCentredInTest()
    {
        var features = new FeatureMatrix([7, 7, 7, 9, 4], 1);

        Assert.Equal([2, -3], Standardization.Of(features, [0, 1, 2]).Apply(features, [3, 4]));
    }

    [Fact]
    public void Apply_TestRowBeyondWhatAFloatHolds_StaysFinite()
    {
        var features = new FeatureMatrix([-3e38f, -3e38f, 3e38f], 1);

        Assert.Equal([float.MaxValue], Standardization.Of(features, [0, 1]).Apply(features, [2]));
    }

    private static float[] Standardize(FeatureMatrix features)
    {
        ImmutableArray<int> all = [.. Enumerable.Range(0, features.Rows)];
        return Standardization.Of(features, all).Apply(features, all);
    }
}
