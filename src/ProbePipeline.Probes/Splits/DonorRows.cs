using System.Collections.Immutable;

namespace ProbePipeline.Probes.Splits;

/// <summary>
/// For every row another one, about another picture, whose states can be put in place of its own. Donors stay in the row's part of the split: from a row to test,
/// training rows would take what the probe is tested on, and test rows would take what it was trained on.
/// </summary>
public static class DonorRows
{
    /// <summary>Pictures of a part are put in a seeded random circle; each row takes one of the next picture's rows, all of them being as likely.</summary>
    /// <param name="split">The split.</param>
    /// <param name="images">For every row the index of its picture.</param>
    /// <param name="seed">Another seed, other donors.</param>
    /// <param name="kinds">For every row which of several kinds it is: donors are of the row's own, where the picture has one; null: all are alike.</param>
    /// <returns>For every row the index of its donor.</returns>
    /// <exception cref="ProbeException">A part has rows of one picture alone.</exception>
    public static ImmutableArray<int> Draw(RowSplit split, IReadOnlyList<int> images, long seed, IReadOnlyList<int>? kinds = null)
    {
        var stream = new RandomStream(seed, "donor rows");
        var donors = new int[images.Count];
        foreach (var (name, rows) in new[] { ("train", split.Train), ("validation", split.Validation), ("test", split.Test) })
        {
            var ofPicture = rows.ToLookup(row => images[row]);
            int[] circle = [.. ofPicture.Select(picture => picture.Key).Order()];
            if (circle.Length < 2)
            {
                throw new ProbeException($"donor rows: expected two pictures at least in every part of the split, since states come from another picture; found one in {name}; use more pictures, or other shares");
            }

            stream.Shuffle(circle);
            var next = circle.Index().ToDictionary(place => place.Item, place => ofPicture[circle[(place.Index + 1) % circle.Length]].ToArray());
            foreach (var row in rows)
            {
                var all = next[images[row]];
                int[] alike = kinds is null ? all : [.. all.Where(other => kinds[other] == kinds[row])];
                var candidates = alike.Length > 0 ? alike : all;
                donors[row] = candidates[stream.Below(candidates.Length)];
            }
        }

        return [.. donors];
    }
}
