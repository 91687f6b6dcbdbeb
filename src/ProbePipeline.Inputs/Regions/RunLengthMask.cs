using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>
/// COCO's run-length encoding of masks: lengths of runs column by column, the first of pixels outside of the region
/// (common/maskApi.c of cocodataset/cocoapi at 8c9bcc3).
/// </summary>
internal static class RunLengthMask
{
    private const char Zero = '0';
    private const int PayloadBits = 5;
    private const int MoreFollow = 0x20;
    private const int Sign = 0x10;
    private const int LongestNumber = 7;

    /// <summary>A mask from the lengths of its runs.</summary>
    /// <param name="size">The picture's rows and columns.</param>
    /// <param name="runs">The lengths; together as many as the picture has pixels.</param>
    /// <exception cref="RegionException">The lengths are not those of such a picture.</exception>
    public static RegionMask FromRuns(PictureSize size, IReadOnlyList<long> runs)
    {
        RegionMask.RequireSize(size);
        var pixels = (long)size.Height * size.Width;
        if (runs.Any(run => run < 0 || run > pixels) || runs.Sum() != pixels)
        {
            throw new RegionException(string.Create(
                CultureInfo.InvariantCulture,
                $"A run-length mask of {size} pixels needs runs from 0 on that add up to {pixels}, found {runs.Count} with a sum of {runs.Sum(run => (double)run)}. Check the mask's size, [height, width]."));
        }

        return RegionMask.Marked(size, mark => Fill(size.Height, runs, mark));
    }

    /// <summary>A mask from COCO's text for the lengths of its runs.</summary>
    /// <param name="size">The picture's rows and columns.</param>
    /// <param name="counts">The text.</param>
    /// <exception cref="RegionException">The text is no such encoding, or not of such a picture.</exception>
    public static RegionMask FromText(PictureSize size, string counts) => FromRuns(size, Decode(counts));

    /// <summary>Numbers of six bits a letter: five of the number, the lowest first, and one that says whether more follow. From the fourth on, differences from the last but one.</summary>
    private static ImmutableArray<long> Decode(string counts)
    {
        var runs = ImmutableArray.CreateBuilder<long>();
        for (var place = 0; place < counts.Length;)
        {
            var (number, letters, more) = (0L, 0, true);
            while (more)
            {
                var letter = place < counts.Length ? counts[place] - Zero : -1;
                if (letter is < 0 or > 63 || letters == LongestNumber)
                {
                    throw new RegionException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"A run-length text holds letters from '0' to 'o' (COCO's compressed RLE); {(place < counts.Length ? $"found '{counts[place]}'" : "it ends")} at letter {place + 1} of {counts.Length}."));
                }

                number |= (long)(letter & 0x1f) << (PayloadBits * letters);
                more = (letter & MoreFollow) != 0;
                (place, letters) = (place + 1, letters + 1);
                if (!more && (letter & Sign) != 0)
                {
                    number |= -1L << (PayloadBits * letters);
                }
            }

            runs.Add(runs.Count > 2 ? number + runs[^2] : number);
        }

        return runs.ToImmutable();
    }

    private static void Fill(int height, IReadOnlyList<long> runs, Action<int, int> mark)
    {
        var (at, inside) = (0L, false);
        foreach (var run in runs)
        {
            var end = at + run;
            for (; inside && at < end; at++)
            {
                var (column, row) = Math.DivRem((int)at, height);
                mark(row, column);
            }

            (at, inside) = (end, !inside);
        }
    }
}
