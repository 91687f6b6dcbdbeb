using System.Collections.Immutable;
using ProbePipeline.Probes.Protocols;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Protocols;

public sealed class OnlineCodeTests
{
    // 240 pictures of two rows, of which the first 200 train.
    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, 480).Select(row => row / 2)];
    private static readonly RowSplit Split = RowSplit.ByOrder(Images, 200.0 / 240, 20.0 / 240);

    [Fact]
    public void Lengths_PerfectlyReadableLabels_AreFarBelowTheUniformCode()
    {
        var labels = Labels(4, 1);
        var (cuts, bits) = Lengths(new OnlineCode { Seed = 1 }, SyntheticFeatures.Separable(labels, 8, 1), labels, 4);

        Assert.Equal(400, cuts[^1]);
        Assert.InRange(bits.Sum(), cuts[0] * 2, 0.25 * 800);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lengths_LabelsThatNothingTells_AreAboutTheUniformCode(long seed)
    {
        var labels = Labels(4, seed);
        var (_, bits) = Lengths(new OnlineCode { Seed = seed }, new FeatureMatrix(SyntheticFeatures.Noise(480 * 8, seed), 8), labels, 4, l2: 1);

        // A probe of noise is a little too sure of itself, so the code is a little longer.
        Assert.InRange(bits.Sum(), 0.97 * 800, 1.1 * 800);
    }

    [Fact]
    public void Lengths_PaperShares_EndBetweenPicturesAndCountEqualEndsOnce()
    {
        var (cuts, bits) = Lengths(new OnlineCode(), SyntheticFeatures.Separable(Labels(2, 1), 4, 1), Labels(2, 1), 2);

        // 0.1 to 0.4 % of 200 pictures are one, 0.8 % are two, 1.6 % three, 3.2 % six, 6.25 % twelve (half to even), ...
        Assert.Equal([2, 4, 6, 12, 24, 50, 100, 200, 400], cuts);
        Assert.Equal(9, bits.Length);
        Assert.Equal(2, bits[0]);
    }

    [Fact]
    public void Lengths_PicturesInShuffledOrder_AreNeverParted()
    {
        // What the second block costs depends on the first alone: with the rows of a picture in both blocks it would be free.
        ImmutableArray<int> labels = [.. Images.Select(image => new RandomStream(image, "label").Below(2))];
        var values = new float[480 * 300];
        for (var row = 0; row < 480; row++)
        {
            values[(row * 300) + Images[row]] = 10;
        }

        var features = new FeatureMatrix(values, 300);
        var (_, parted) = Lengths(new OnlineCode { Shares = [0.5, 1], Seed = 4, Blocks = CodeBlocks.Rows }, features, labels, 2);
        var (_, whole) = Lengths(new OnlineCode { Shares = [0.5, 1], Seed = 4 }, features, labels, 2);

        Assert.InRange(whole[1], 190, 1000);
        Assert.InRange(parted[1], 0, 0.75 * whole[1]);
    }

    [Fact]
    public void Lengths_ClassThatNoEarlierBlockShows_CostsAsLaplacesRuleSays()
    {
        // The first 100 pictures are of class 0 alone, the next 100 of the others: the one probe knows of no other class.
        ImmutableArray<int> labels = [.. Images.Select(image => image < 100 ? 0 : 1 + (image % 2))];
        var features = new FeatureMatrix(SyntheticFeatures.Noise(480 * 4, 1), 4);

        var (_, laplace) = Lengths(new OnlineCode { Shares = [0.5, 1] }, features, labels, 3);
        var (_, clipped) = Lengths(new OnlineCode { Shares = [0.5, 1], Unseen = UnseenClasses.Clip }, features, labels, 3);

        Assert.Equal([200 * Math.Log2(3), 200 * Math.Log2(203)], laplace.Select(bits => Math.Round(bits, 6)), (one, other) => Math.Abs(one - other) < 1e-6);
        Assert.Equal(200 * Math.Log2(1e12), clipped[1], 1e-6);
    }

    [Fact]
    public void Lengths_SeveralTasks_AreThoseOfEachAlone()
    {
        var (labels, others) = (Labels(3, 1), Labels(3, 2));
        var features = SyntheticFeatures.Separable(labels, 6, 1, 1.5f);
        var code = new OnlineCode { Seed = 1 };

        var (_, together) = code.Lengths(features, Rows(labels, 3), [(labels, 1e-2), (others, 1e-1)], new LbfgsTrainer(), TestContext.Current.CancellationToken);

        Assert.Equal(Lengths(code, features, labels, 3).Bits, together[0]);
        Assert.Equal(Lengths(code, features, others, 3, 1e-1).Bits, together[1]);
        Assert.True(together[0].Sum() < together[1].Sum());
    }

    [Fact]
    public void Lengths_OtherSeed_SendsInAnotherOrder()
    {
        var labels = Labels(3, 1);
        var features = SyntheticFeatures.Separable(labels, 6, 1, 1.5f);

        var lengths = new long?[] { null, 1, 1, 2 }.Select(seed => Lengths(new OnlineCode { Seed = seed }, features, labels, 3).Bits.Sum()).ToArray();

        Assert.Equal(lengths[1], lengths[2]);
        Assert.Equal(3, lengths.Distinct().Count());
    }

    private static (ImmutableArray<int> Cuts, ImmutableArray<double> Bits) Lengths(OnlineCode code, FeatureMatrix features, ImmutableArray<int> labels, int classCount, double l2 = 1e-2)
    {
        var (cuts, bits) = code.Lengths(features, Rows(labels, classCount), [(labels, l2)], new LbfgsTrainer(), TestContext.Current.CancellationToken);
        return (cuts, bits[0]);
    }

    private static LabeledRows Rows(ImmutableArray<int> labels, int classCount) => new([.. Enumerable.Range(0, classCount).Select(index => $"class {index}")], labels, Images, Split);

    private static ImmutableArray<int> Labels(int classCount, long seed)
    {
        var random = new RandomStream(seed, "labels");
        return [.. Images.Select(_ => random.Below(classCount))];
    }
}
