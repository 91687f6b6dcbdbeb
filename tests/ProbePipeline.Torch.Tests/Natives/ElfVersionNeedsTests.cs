using ProbePipeline.Torch.Natives;

namespace ProbePipeline.Torch.Tests.Natives;

public sealed class ElfVersionNeedsTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Fact]
    public void Weaken_NeededVersion_ChangesItsFlagAndNothingElse()
    {
        var image = SmallElf.Build();
        var expected = SmallElf.Build();
        expected[SmallElf.NewNeed + 4] = 2;

        Assert.True(ElfVersionNeeds.Weaken(image, Version));
        Assert.Equal(expected, image);
    }

    [Theory]
    [InlineData("GLIBCXX_3.4.3", SmallElf.OldNeed)]
    [InlineData("GLIBC_2.34", SmallElf.OtherNeed)]
    public void Weaken_VersionOfAnyLibrary_ComparesWholeNames(string version, int need)
    {
        var image = SmallElf.Build();
        var expected = SmallElf.Build();
        expected[need + 4] = 2;

        Assert.True(ElfVersionNeeds.Weaken(image, version));
        Assert.Equal(expected, image);
    }

    [Fact]
    public void Weaken_OtherFlags_KeepsThem()
    {
        var image = SmallElf.Build();
        SmallElf.Put16(image, SmallElf.NewNeed + 4, 0x0101);

        Assert.True(ElfVersionNeeds.Weaken(image, Version));
        Assert.Equal([0x03, 0x01, 0x05, 0x00], image[(SmallElf.NewNeed + 4)..(SmallElf.NewNeed + 8)]);
    }

    [Fact]
    public void Weaken_SecondTime_ChangesNothing()
    {
        var image = SmallElf.Build();
        ElfVersionNeeds.Weaken(image, Version);
        byte[] once = [.. image];

        Assert.False(ElfVersionNeeds.Weaken(image, Version));
        Assert.Equal(once, image);
    }

    [Theory]
    [InlineData("GLIBCXX_3.4.33")]
    [InlineData("GLIBCXX_3.4")]
    [InlineData("LIBCXX_3.4.32")]
    public void Weaken_VersionThatIsNotNeeded_ChangesNothing(string version)
    {
        var image = SmallElf.Build();

        // The last name is a tail of another: only where a need points counts.
        Assert.False(ElfVersionNeeds.Weaken(image, version));
        Assert.Equal(SmallElf.Build(), image);
    }

    [Fact]
    public void Weaken_PublishedTorchSharp_ChangesOneBit()
    {
        var published = File.ReadAllBytes(PublishedLibrary.Path);
        byte[] image = [.. published];

        Assert.True(ElfVersionNeeds.Weaken(image, Version));
        var changed = Assert.Single(Enumerable.Range(0, image.Length), index => image[index] != published[index]);
        Assert.Equal((0, 2), (published[changed], image[changed]));
        Assert.False(ElfVersionNeeds.Weaken(image, Version));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    public void Weaken_ShorterThanAHeader_IsRefused(int length) => Assert.Contains(
        "Expected an ELF file",
        Assert.Throws<BadImageFormatException>(() => ElfVersionNeeds.Weaken(SmallElf.Build()[..length], Version)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0x4D, "Expected an ELF file")]
    [InlineData(4, 1, "found class 1, data 1")]
    [InlineData(5, 2, "found class 2, data 2")]
    [InlineData(0x3A, 40, "found 40")]
    [InlineData(0x3C, 0, "no section headers")]
    [InlineData(0x3C, 200, "points at")]
    [InlineData(0x2F, 0xFF, "points at")]
    [InlineData(SmallElf.NeedsSection + 0x28, 3, "from section 3; it has 3")]
    [InlineData(SmallElf.NeedsSection + 0x1F, 0xFF, "points at")]
    [InlineData(SmallElf.NeedsSection - 64 + 0x1F, 0xFF, "points at")]
    [InlineData(SmallElf.FirstLibrary + 9, 0x10, "points at")]
    [InlineData(SmallElf.FirstLibrary + 13, 0x10, "points at")]
    [InlineData(SmallElf.OldNeed + 9, 0x10, "points at")]
    [InlineData(SmallElf.OldNeed + 13, 0x10, "points at")]
    public void Weaken_MalformedFile_SaysWhatIsWrong(int offset, byte value, string message)
    {
        var image = SmallElf.Build();
        image[offset] = value;

        var exception = Assert.Throws<BadImageFormatException>(() => ElfVersionNeeds.Weaken(image, Version));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weaken_AnyTruncation_NeverReadsOutside()
    {
        for (var length = 0; length < SmallElf.Length; length++)
        {
            Assert.Throws<BadImageFormatException>(() => ElfVersionNeeds.Weaken(SmallElf.Build()[..length], Version));
        }
    }

    [Fact]
    public void Weaken_AnyByteDamaged_EndsInAnAnswerOrARefusal()
    {
        for (var offset = 0; offset < SmallElf.Length; offset++)
        {
            var image = SmallElf.Build();
            image[offset] ^= 0xFF;
            try
            {
                ElfVersionNeeds.Weaken(image, Version);
            }
            catch (BadImageFormatException)
            {
                continue;
            }
        }
    }
}
