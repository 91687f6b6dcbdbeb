using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProbePipeline.Inputs.Datasets.PanopticParts;

/// <summary>
/// The names of a Panoptic Parts dataset, from its own definition file (cpp_datasetspec.yaml or ppp_datasetspec.yaml of panoptic_parts at 00a4b4d: scene_class2part_classes, whose
/// order gives the ids, from 1 where the first is not called UNLABELED).
/// </summary>
/// <param name="Classes">By sid the class and, by pid, its parts.</param>
internal sealed record PartDefinitions(ImmutableArray<(string Name, ImmutableArray<string> Parts)> Classes)
{
    private const string Key = "scene_class2part_classes";
    private const string Unlabeled = "UNLABELED";
    private const int LargestFile = 1 << 20;
    private const int DeepestNesting = 16;

    /// <exception cref="DatasetException">The file cannot be read, or is no such definition.</exception>
    public static PartDefinitions Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new DatasetException($"{path}: expected a definition file of at most {LargestFile} bytes");
            }

            using var text = File.OpenText(path);
            // Event by event: nothing is nested deep, and no alias is followed.
            var parser = new Parser(text);
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (parser.Consume<Scalar>().Value == Key)
                {
                    return new PartDefinitions(WithUnlabeled([.. ReadClasses(parser)], (Unlabeled, []), one => one.Name));
                }

                Skip(parser, path);
            }

            throw new DatasetException($"{path}: expected the key {Key}, as in the dataset's own specification (panoptic_parts/specs/dataset_specs)");
        }
        catch (YamlException error)
        {
            throw new DatasetException($"{path}: expected the dataset's own specification (panoptic_parts/specs/dataset_specs); line {error.Start.Line}: {error.Message}", error);
        }
        // What the parser throws on events that do not end, and on tags.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new DatasetException($"{path}: expected the dataset's own specification (panoptic_parts/specs/dataset_specs): {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: the definitions cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
    }

    // The library's own way takes ever longer the deeper a file is nested.
    private static void Skip(Parser parser, string path)
    {
        var depth = 0;
        do
        {
            depth += parser.Consume<ParsingEvent>().NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new DatasetException($"{path}: expected lists and mappings at most {DeepestNesting} deep in each other, found more");
            }
        }
        while (depth > 0);
    }

    private static IEnumerable<(string Name, ImmutableArray<string> Parts)> ReadClasses(Parser parser)
    {
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>().Value;
            var parts = new List<string>();
            parser.Consume<SequenceStart>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                parts.Add(parser.Consume<Scalar>().Value);
            }

            yield return (name, WithUnlabeled([.. parts], Unlabeled, part => part));
        }
    }

    private static ImmutableArray<T> WithUnlabeled<T>(ImmutableArray<T> items, T unlabeled, Func<T, string> name) =>
        items.Length > 0 && name(items[0]) == Unlabeled ? items : items.Insert(0, unlabeled);
}
