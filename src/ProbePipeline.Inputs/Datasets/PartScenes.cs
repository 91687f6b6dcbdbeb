using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets.Scenes;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>
/// PartScenes v1: 112 x 112 pictures of two grey objects, each with a circle, a triangle and a square, in six different colours.
/// What a part is called depends on its shape and on the outline of the object that carries it, so a patch alone never tells the name.
/// </summary>
/// <remarks>
/// Drawn by integer arithmetic from SplitMix64: equal to the committed generator (tests/goldens/generators/partscenes.py) bit for bit.
/// A part's attributes are <c>part</c> (its name), <c>shape</c>, <c>color</c> and <c>object</c>; colours are unique in a picture.
/// </remarks>
public sealed class PartScenes : IPartDataset
{
    private readonly long _seed;

    /// <param name="seed">Other seeds give other scenes.</param>
    /// <param name="pictureCount">Number of pictures; the first of more are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pictures is not positive.</exception>
    public PartScenes(long seed, int pictureCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureCount);
        _seed = seed;
        PictureCount = pictureCount;
    }

    /// <inheritdoc/>
    public string Name => "partscenes";

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"PartScenes v1, seed {_seed}, {PictureCount} pictures");

    /// <inheritdoc/>
    public int PictureCount { get; }

    /// <inheritdoc/>
    public ImmutableArray<PartAttribute> Attributes { get; } =
    [
        new("part", [.. ObjectSilhouette.All.SelectMany(thing => Scene.Shapes.Select(thing.NameOf))]),
        new("shape", [.. Scene.Shapes.Select(shape => shape.Name)]),
        new("color", [.. Scene.Colors.Select(color => color.Name)]),
        new("object", [.. ObjectSilhouette.All.Select(thing => thing.Name)]),
    ];

    /// <inheritdoc/>
    public IEnumerable<PartPicture> Pictures => Enumerable.Range(0, PictureCount).Select(Create);

    private PartPicture Create(int index)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"scene-{index:D5}");
        var scene = new Lazy<Scene>(() => Scene.Create(_seed, index));
        return new PartPicture(id, index, () => ScenePainter.Paint(scene.Value), () => [.. scene.Value.Parts.Select(part => ToPart(id, part))]);
    }

    private static PicturePart ToPart(string picture, ScenePart part) => new(
        $"{picture}/{part.Color}-{part.Shape.Name}",
        // Drawn anew whenever it is asked for: rows must not keep pixels.
        part.ToMask,
        [new("part", part.Label), new("shape", part.Shape.Name), new("color", part.Color), new("object", part.Owner.Name)]);
}
