using ProbePipeline.Sharding;

namespace ProbePipeline.Tests.Sharding;

public sealed class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/8", 3, 8)]
    [InlineData("9999/9999", 9999, 9999)]
    public void Parse_NumberAndCount_IsReadAndWrittenAlike(string text, int number, int count)
    {
        var shard = Shard.Parse(text);
        Assert.Equal((number, count, text), (shard.Number, shard.Count, $"{shard}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("1/4/2")]
    [InlineData("1/10000")]
    [InlineData("1/99999999999")]
    public void Parse_NoShard_SaysWhatIsExpected(string text) =>
        Assert.Equal(
            $"shard: expected a number and how many there are, such as 1/8 to 8/8, at most 9999; found '{text}'", Assert.Throws<ExperimentException>(() => Shard.Parse(text)).Message);

    [Fact]
    public void Takes_AllShards_TakeEveryPlaceOnce()
    {
        for (var count = 1; count <= 5; count++)
        {
            Assert.All(Enumerable.Range(0, 12), place => Assert.Single(Enumerable.Range(1, count), number => new Shard(number, count).Takes(place)));
        }
    }
}
