using System.Collections.Immutable;
using System.Text;
using ProbePipeline.Options.Keys;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options;

/// <summary>Reads experiment files: YAML, checked as a whole, with everything that is wrong said at once.</summary>
public static class ExperimentFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads a file and looks whether the folders that it names can be used.</summary>
    /// <param name="path">The file; its name without extension is the experiment's name where the file gives none.</param>
    /// <param name="overrides">Values that take the place of the file's: <c>dataset.images=60</c>, <c>probe.l2=[1e-3, 1e-2]</c>, <c>lens=null</c>.</param>
    /// <exception cref="ExperimentFileException">The file is not usable; the message has a line for every reason.</exception>
    public static ExperimentOptions Read(string path, params IEnumerable<string> overrides)
    {
        var problems = new ProblemList();
        var text = Text(path, problems);
        problems.ThrowIfAny();
        return Parse(text, path, overrides, problems, FolderRules.Check);
    }

    /// <summary>Reads a text, without a look at the disk.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="file">The name of the file for errors and for the experiment's name.</param>
    /// <param name="overrides">Values that take the place of the text's.</param>
    /// <exception cref="ExperimentFileException">The text is not usable; the message has a line for every reason.</exception>
    public static ExperimentOptions Parse(string text, string file, params IEnumerable<string> overrides) => Parse(text, file, overrides, new ProblemList(), (_, _, _) => { });

    /// <summary>Checks options that were made by code, as a file's are.</summary>
    /// <returns>The options in their canonical form.</returns>
    /// <exception cref="ExperimentFileException">They are not usable; the message has a line for every reason.</exception>
    internal static ExperimentOptions Validate(ExperimentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Checked(ExperimentKeys.Root.Mapping(options, []), options.Name, new ProblemList(), FolderRules.Check);
    }

    internal static string Write(ExperimentOptions options, ImmutableArray<string> keys)
    {
        foreach (var key in keys.Where(key => ExperimentKeys.Root.Keys.All(known => known.Name != key)))
        {
            throw new ArgumentException($"There is no key '{key}' in an experiment file.", nameof(keys));
        }

        return SourceWriter.Write(ExperimentKeys.Root.Mapping(options, keys));
    }

    private static ExperimentOptions Parse(
        string text, string file, IEnumerable<string> overrides, ProblemList problems, Action<ExperimentOptions, SourceNode, ProblemList> folders)
    {
        var root = SourceReader.Read(text, mark => new Origin(file, (int)mark.Line, (int)mark.Column), "", problems);
        if (root is null)
        {
            problems.ThrowIfAny();
        }

        foreach (var one in overrides)
        {
            root = SourceOverride.Apply(root!, one, problems);
        }

        return Checked(root!, Path.GetFileNameWithoutExtension(file), problems, folders);
    }

    private static ExperimentOptions Checked(SourceNode root, string name, ProblemList problems, Action<ExperimentOptions, SourceNode, ProblemList> folders)
    {
        if (ExperimentKeys.Root.TryRead(root, "", problems, out var options) || options is not null)
        {
            options = WithDerivedDefaults(options, root, name);
            ExperimentRules.Check(options, root, problems);
            folders(options, root, problems);
        }

        problems.ThrowIfAny();
        return options!;
    }

    /// <summary>Fills in the defaults that are made of other values.</summary>
    private static ExperimentOptions WithDerivedDefaults(ExperimentOptions options, SourceNode root, string name)
    {
        var classes = LabelWords.ClassesOf(options.Target);
        return options with
        {
            Name = options.Name.Length > 0 ? options.Name : name.Length > 0 ? name : "experiment",
            Answer = KeyPath.IsGiven(root, "answer.choices") ? options.Answer : options.Answer is { } answer ? answer with { Choices = classes } : null,
            Lens = KeyPath.IsGiven(root, "lens.labels") ? options.Lens : options.Lens is { } lens ? lens with { Labels = classes } : null,
        };
    }

    // Of the file that a link points to; the link itself is short.
    private static long LengthOf(string path)
    {
        using var handle = File.OpenHandle(path);
        return RandomAccess.GetLength(handle);
    }

    private static string Text(string path, ProblemList problems)
    {
        var origin = Origin.Whole(path);
        try
        {
            var info = new FileInfo(path);
            if (Directory.Exists(path))
            {
                problems.Add(origin, "", "this is a folder, expected an experiment file such as data/experiments/partscenes.yaml");
            }
            else if (!info.Exists)
            {
                problems.Add(origin, "", $"there is no such file (looked for {info.FullName}); expected an experiment file such as data/experiments/partscenes.yaml");
            }
            else if (LengthOf(path) is var length && length > LargestFile)
            {
                problems.Add(origin, "", $"found {length} bytes, expected an experiment file of {LargestFile} at most");
            }
            else
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\ufeff');
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add(origin, "", $"the file cannot be read: {error.Message}");
        }

        return "";
    }
}
