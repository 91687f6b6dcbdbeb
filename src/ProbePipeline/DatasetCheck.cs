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
        var (problems, count, counted) = (new List<string>(), 0, new Counts(options.Target));
        foreach (var picture in dataset.Pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var problem in counted.ProblemsOf(picture))
            {
                count++;
                if (problems.Count < MostListed)
                {
                    problems.Add(problem);
                }
            }

            progress?.Report(counted.Pictures);
        }

        return new DatasetCheck([("dataset", dataset.Description), .. counted.Lines], [.. problems], count);
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

    /// <summary>What pictures and rows there are. What is right about a row is counted, also where something else about it is wrong.</summary>
    private sealed class Counts(string target)
    {
        private readonly OrderedDictionary<string, int> _classes = [];
        private readonly OrderedDictionary<string, int> _splits = [];
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
        private int _rows;

        public int Pictures { get; private set; }

        public IEnumerable<(string What, string Value)> Lines =>
        [
            ("rows", Text($"{_rows} about {Pictures} pictures")),
            .. _classes.Where(one => one.Key.Length > 0).Select(one => ($"{target} {one.Key}", Text($"{one.Value}"))),
            .. _splits.Select(one => ($"split {one.Key}", Text($"{one.Value} pictures"))),
        ];

        /// <summary>Counts a picture with its rows, and gives what is wrong about them.</summary>
        public ImmutableArray<string> ProblemsOf(PartPicture picture)
        {
            Pictures++;
            var split = picture.Split ?? "not said";
            _splits[split] = _splits.GetValueOrDefault(split) + 1;
            var size = Try(picture.Id, () => (PictureSize?)picture.Load().Size, out var unreadable);
            var parts = Try(picture.Id, () => (ImmutableArray<PicturePart>?)picture.Parts, out var unlisted);
            return [.. new[] { unreadable, unlisted }.OfType<string>(), .. (parts ?? []).SelectMany(part => ProblemsOf(part, size))];
        }

        private IEnumerable<string> ProblemsOf(PicturePart part, PictureSize? size)
        {
            _rows++;
            var label = part.Attributes[target];
            _classes[label] = _classes.GetValueOrDefault(label) + 1;
            if (!_ids.Add(part.Id))
            {
                yield return $"{part.Id}: expected a name that no other row has";
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

            if (label.Length == 0)
            {
                yield return $"{part.Id}: expected a value for {target}; found none";
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
