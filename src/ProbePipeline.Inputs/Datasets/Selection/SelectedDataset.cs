using System.Collections.Immutable;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets.Selection;

/// <summary>Some rows of a dataset, chosen by what is known of them. Rows are gone through once, when the first is asked for; masks only where their size counts.</summary>
public sealed class SelectedDataset : IPartDataset
{
    private readonly IPartDataset _dataset;
    private readonly RowSelection _selection;
    private readonly string _target;
    private readonly int _pictures;
    private readonly Lazy<Choice> _choice;

    /// <param name="dataset">The dataset.</param>
    /// <param name="selection">Which rows.</param>
    /// <param name="target">The attribute whose values are the classes.</param>
    /// <param name="pictures">The most pictures: the first so many.</param>
    /// <exception cref="DatasetException">The dataset does not have that attribute, or a class is none of its values.</exception>
    public SelectedDataset(IPartDataset dataset, RowSelection selection, string target, int pictures)
    {
        (_dataset, _selection, _target, _pictures) = (dataset, selection, target, pictures);
        var known = dataset.Attributes.FirstOrDefault(attribute => attribute.Name == target)?.Values
            ?? throw new DatasetException($"expected a field that rows of {dataset.Name} have: {string.Join(", ", dataset.Attributes.Select(attribute => attribute.Name))}; found '{target}'");
        if (selection.Classes.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new DatasetException($"expected classes of {target}, which has {string.Join(", ", known)}; found '{unknown}'{NearestName.Of(unknown, known)}");
        }

        Attributes = [.. dataset.Attributes.Select(attribute => attribute.Name == target && !selection.Classes.IsEmpty ? attribute with { Values = [.. attribute.Values.Intersect(selection.Classes)] } : attribute)];
        _choice = new Lazy<Choice>(Choose);
    }

    /// <inheritdoc/>
    public string Name => _dataset.Name;

    /// <inheritdoc/>
    public string Description => _dataset.Description;

    /// <inheritdoc/>
    public int PictureCount => Math.Min(_dataset.PictureCount, _pictures);

    /// <inheritdoc/>
    public ImmutableArray<PartAttribute> Attributes { get; }

    /// <summary>What was taken, class by class, in the order of the classes.</summary>
    public ImmutableArray<TakenRows> Taken => _choice.Value.Table;

    /// <inheritdoc/>
    public IEnumerable<PartPicture> Pictures => _selection.TakesAll ? _dataset.Pictures.Take(_pictures) : _dataset.Pictures.Take(_pictures).Select(picture => new PartPicture(
        picture.Id, picture.Index, picture.Load, () => [.. picture.Parts.Where(part => _choice.Value.Ids.Contains(part.Id))])
    {
        Group = picture.Group,
        Split = picture.Split,
    });

    private Choice Choose()
    {
        var classes = _dataset.Attributes.Single(attribute => attribute.Name == _target).Values;
        var parts = _dataset.Pictures.Take(_pictures).SelectMany(picture => picture.Parts).ToLookup(part => part.Attributes[_target]);
        var wanted = _selection.Classes.IsEmpty ? classes : _selection.Classes;
        var large = wanted.ToDictionary(name => name, name => parts[name].Where(IsLargeEnough).Select(part => part.Id).ToArray());
        var most = _selection.PerClass ?? int.MaxValue;
        if (_selection.Balanced)
        {
            // A class that has nothing left is none: it would leave nothing of the others.
            most = Math.Min(most, large.Values.Select(ids => ids.Length).Where(count => count > 0).DefaultIfEmpty(0).Min());
        }

        var drawn = large.ToDictionary(pair => pair.Key, pair => pair.Value.Length <= most ? pair.Value : Draw(pair.Value, most, classes.IndexOf(pair.Key)));
        return new Choice(
            drawn.Values.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal),
            [
                .. from name in classes.Concat(parts.Select(same => same.Key).Except(classes))
                   let found = parts[name].Count()
                   where found > 0
                   select large.TryGetValue(name, out var kept)
                       ? new TakenRows(name, found, OtherClass: 0, Small: found - kept.Length, NotDrawn: kept.Length - drawn[name].Length, Taken: drawn[name].Length)
                       : new TakenRows(name, found, OtherClass: found, Small: 0, NotDrawn: 0, Taken: 0),
            ]);
    }

    private string[] Draw(string[] ids, int count, int stream) => SplitMix64.Stream(_selection.Seed, stream).Sample<string>(ids, count);

    // What cannot be read is left to whoever needs it: it is dropped there with its reason.
    private bool IsLargeEnough(PicturePart part)
    {
        try
        {
            return _selection.SmallestRegion == 0 || part.Mask.Area >= _selection.SmallestRegion;
        }
        catch (RegionException)
        {
            return true;
        }
    }

    private sealed record Choice(HashSet<string> Ids, ImmutableArray<TakenRows> Table);
}
