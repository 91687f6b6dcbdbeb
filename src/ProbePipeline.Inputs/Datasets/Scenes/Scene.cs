using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.Scenes;

/// <summary>What a PartScenes picture shows, before any pixel is drawn.</summary>
/// <param name="Background">Gray level behind the objects.</param>
/// <param name="NoiseState">State of the generator that the noise comes from.</param>
/// <param name="Objects">The two objects, the upper one first.</param>
/// <param name="Parts">Three parts an object, from left to right.</param>
internal sealed record Scene(byte Background, ulong NoiseState, ImmutableArray<SceneObject> Objects, ImmutableArray<ScenePart> Parts)
{
    /// <summary>Rows and columns of a picture.</summary>
    public const int Side = 112;

    /// <summary>A picture's size.</summary>
    public static PictureSize Size { get; } = new(Side, Side);

    /// <summary>The shapes, in the order in which they are drawn from.</summary>
    public static ImmutableArray<PartShape> Shapes { get; } = [PartShape.Circle, PartShape.Triangle, PartShape.Square];

    /// <summary>The colours, in the order in which they are drawn from.</summary>
    public static ImmutableArray<(string Name, Rgb Value)> Colors { get; } =
    [
        ("red", new(214, 40, 40)), ("green", new(46, 160, 67)), ("blue", new(38, 84, 200)), ("yellow", new(242, 206, 46)),
        ("purple", new(128, 60, 170)), ("orange", new(240, 130, 30)), ("pink", new(242, 140, 190)), ("white", new(250, 250, 250)),
    ];

    /// <summary>Draws the numbers of one scene, in the order that makes them what they are.</summary>
    public static Scene Create(long seed, int index)
    {
        var random = SplitMix64.Stream(seed, index);
        var silhouettes = random.Sample(ObjectSilhouette.All.AsSpan(), 2);
        var colors = random.Sample(Colors.AsSpan(), 6);
        var background = (byte)(150 + random.Below(61));
        var noise = random.Next();
        var objects = ImmutableArray.CreateBuilder<SceneObject>(2);
        var parts = ImmutableArray.CreateBuilder<ScenePart>(6);
        for (var number = 0; number < 2; number++)
        {
            var x = ObjectSilhouette.HalfWidth + random.Below(Side - (2 * ObjectSilhouette.HalfWidth) + 1);
            var y = (56 * number) + 28 + random.Below(9) - 4;
            objects.Add(new SceneObject(silhouettes[number], x, y, (byte)(70 + random.Below(41))));
            var shapes = random.Sample(Shapes.AsSpan(), 3);
            for (var slot = 0; slot < 3; slot++)
            {
                var partX = x + (21 * (slot - 1)) + random.Below(5) - 2;
                var partY = y + random.Below(5) - 2;
                var (color, value) = colors[(3 * number) + slot];
                parts.Add(new ScenePart(silhouettes[number], shapes[slot], color, value, partX, partY));
            }
        }

        return new Scene(background, noise, objects.MoveToImmutable(), parts.MoveToImmutable());
    }
}
