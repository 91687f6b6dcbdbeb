using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Datasets;

namespace ProbePipeline.Drafting;

/// <summary>What a look at a dataset's rows, not at its pixels, tells about the task that it can be used for.</summary>
/// <param name="Pictures">Pictures that were looked at.</param>
/// <param name="Parts">Their parts.</param>
/// <param name="Fields">Every field with the values that were found.</param>
/// <param name="Target">The field to predict.</param>
/// <param name="Asked">A field that tells the parts of a picture apart and does not give the target away, so that a question can name one; null: none does.</param>
/// <param name="HasSplit">Whether every picture says what it is for: training, validation or testing.</param>
/// <param name="Control">Fields that together make a type without giving the target away; none: there is no such field.</param>
internal sealed record DatasetFindings(
    int Pictures, int Parts, ImmutableArray<(string Name, int Values)> Fields, string Target, string? Asked, bool HasSplit, ImmutableArray<string> Control)
{
    /// <summary>Enough to see what fields hold; a dataset of millions of pictures need not be read for a draft.</summary>
    private const int MostPictures = 1000;

    private const int MostTargetValues = 200;

    /// <param name="dataset">The dataset.</param>
    /// <param name="target">The field to predict; null: one is chosen.</param>
    /// <exception cref="ExperimentException">There is no such field, or none that could be predicted.</exception>
    public static DatasetFindings Of(IPartDataset dataset, string? target)
    {
        PartPicture[] pictures = [.. dataset.Pictures.Take(MostPictures)];
        PicturePart[] parts = [.. pictures.SelectMany(picture => picture.Parts)];
        ImmutableArray<(string Name, int Values)> fields =
            [.. dataset.Attributes.Select(field => (field.Name, parts.Select(part => part.Attributes[field.Name]).Distinct().Count()))];
        var chosen = target is null ? Choose(fields, parts.Length) : Require(fields, target);
        return new DatasetFindings(
            pictures.Length,
            parts.Length,
            fields,
            chosen,
            fields.Select(field => field.Name).FirstOrDefault(field => field != chosen && TellsApart(pictures, field) && LeavesOpen(parts, [field], chosen)),
            pictures.Length > 0 && pictures.All(picture => picture.Split is { Length: > 0 }),
            ControlOf(fields.Select(field => field.Name).Where(field => field != chosen), parts, chosen));
    }

    private static string Choose(ImmutableArray<(string Name, int Values)> fields, int parts)
    {
        var usable = fields.Where(field => field.Values is >= 2 and <= MostTargetValues && field.Values <= parts / 2).Select(field => field.Name).ToArray();
        return usable.FirstOrDefault(field => field is "part" or "label") ?? usable.FirstOrDefault() ?? throw new ExperimentException(
            $"expected a field with 2 to {MostTargetValues} values to predict; found {string.Join(", ", fields.Select(field => $"{field.Name} ({field.Values})").DefaultIfEmpty("no field"))}; name the field (--target)");
    }

    private static string Require(ImmutableArray<(string Name, int Values)> fields, string target) =>
        fields.FirstOrDefault(field => field.Name == target) is { Name: not null } found
            ? found.Values >= 2 ? target : throw new ExperimentException($"expected a field with several values to predict; every row has the same {target}")
            : throw new ExperimentException(
                $"expected a field of the dataset, which has {string.Join(", ", fields.Select(field => field.Name))}; found '{target}'{NearestName.Of(target, fields.Select(field => field.Name))}");

    private static bool TellsApart(PartPicture[] pictures, string field) =>
        pictures.All(picture => picture.Parts.Select(part => part.Attributes[field]).Distinct().Count() == picture.Parts.Length)
        && pictures.Any(picture => picture.Parts.Length > 1);

    /// <summary>Fields are added as long as the type that they make still leaves the target open.</summary>
    private static ImmutableArray<string> ControlOf(IEnumerable<string> fields, PicturePart[] parts, string target)
    {
        ImmutableArray<string> chosen = [];
        foreach (var field in fields)
        {
            var longer = chosen.Add(field);
            chosen = LeavesOpen(parts, longer, target) ? longer : chosen;
        }

        return chosen;
    }

    /// <summary>Whether the types that fields make are found in many rows, and most of them with several values of the target.</summary>
    private static bool LeavesOpen(PicturePart[] parts, ImmutableArray<string> fields, string target)
    {
        var types = parts.GroupBy(part => string.Join('\n', fields.Select(name => part.Attributes[name]))).ToArray();
        return types.Length >= 2 && types.Length <= parts.Length / 5
            && types.Count(type => type.Select(part => part.Attributes[target]).Distinct().Count() > 1) > types.Length / 2;
    }
}
