using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Selection;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Options;

namespace ProbePipeline;

/// <summary>What was found in a dataset when every picture and every region of it was read.</summary>
/// <param name="Lines">What there is, and how much of it.</param>
/// <param name="Problems">The first of what is wrong, each with its place.</param>
/// <param name="ProblemCount">How much is wrong.</param>
public sealed record DatasetCheck(ImmutableArray<(string What, string Value)> Lines, ImmutableArray<string> Problems, int ProblemCount)
{
    /// <summary>So many problems are listed; who has more has one cause for most of them.</summary>
    private const int MostListed = 50;

    /// <summary>Reads everything that an experiment takes of its dataset. No model is opened.</summary>
    /// <param name="options">The experiment.</param>
    /// <param name="progress">Told after every picture how many were read.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <exception cref="DatasetException">The dataset as a whole cannot be read.</exception>
    public static DatasetCheck Of(ExperimentOptions options, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var dataset = new SelectedDataset(options.Dataset.Open(), options.Dataset.Select, options.Target, options.Dataset.Images);
        var (problems, count, rows, pictures) = (new List<string>(), 0, 0, 0);
        var (classes, splits, ids) = (new OrderedDictionary<string, int>(), new OrderedDictionary<string, int>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var picture in dataset.Pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var problem in ProblemsOf(picture, options.Target, Count))
            {
                count++;
                if (problems.Count < MostListed)
                {
                    problems.Add(problem);
                }
            }

            pictures++;
            progress?.Report(pictures);
        }

        return new DatasetCheck(
            [
                ("dataset", dataset.Description),
                ("rows", Text($"{rows} about {pictures} pictures")),
                .. classes.Where(one => one.Key.Length > 0).Select(one => ($"{options.Target} {one.Key}", Text($"{one.Value}"))),
                .. splits.Select(one => ($"split {one.Key}", Text($"{one.Value} pictures"))),
            ],
            [.. problems],
            count);

        // What is right about a row is counted, also where something else about it is wrong.
        IEnumerable<string> Count(PartPicture picture, PicturePart? part)
        {
            if (part is null)
            {
                splits[picture.Split ?? "not said"] = splits.GetValueOrDefault(picture.Split ?? "not said") + 1;
                yield break;
            }

            rows++;
            var label = part.Attributes[options.Target];
            classes[label] = classes.GetValueOrDefault(label) + 1;
            if (!ids.Add(part.Id))
            {
                yield return $"{part.Id}: expected a name that no other row has";
            }
        }
    }

    private static IEnumerable<string> ProblemsOf(PartPicture picture, string target, Func<PartPicture, PicturePart?, IEnumerable<string>> count)
    {
        foreach (var problem in count(picture, null))
        {
            yield return problem;
        }

        var size = Try(picture.Id, () => (PictureSize?)picture.Load().Size, out var unreadable);
        var parts = Try(picture.Id, () => (ImmutableArray<PicturePart>?)picture.Parts, out var unlisted);
        foreach (var problem in new[] { unreadable, unlisted }.OfType<string>())
        {
            yield return problem;
        }

        foreach (var part in parts ?? [])
        {
            foreach (var problem in count(picture, part))
            {
                yield return problem;
            }

            var mask = Try(part.Id, () => part.Mask, out var unusable);
            if (unusable is not null)
            {
                yield return unusable;
            }
            else if (size is { } expected && mask!.Size != expected)
            {
                yield return $"{part.Id}: expected a region on the picture's {expected} pixels; found one on {mask.Size}";
            }
            else if (mask!.Area == 0)
            {
                yield return $"{part.Id}: expected a region; found one without a pixel";
            }

            if (part.Attributes[target].Length == 0)
            {
                yield return $"{part.Id}: expected a value for {target}; found none";
            }
        }
    }

    private static T? Try<T>(string id, Func<T> read, out string? problem)
    {
        try
        {
            problem = null;
            return read();
        }
        catch (Exception error) when (error is PictureException or RegionException or DatasetException)
        {
            problem = $"{id}: {error.Message}";
            return default;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
