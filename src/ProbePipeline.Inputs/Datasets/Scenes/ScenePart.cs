using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets.Scenes;

/// <summary>A coloured part on an object; X and Y are its centre in pixels, on a pixel's upper left corner.</summary>
internal sealed record ScenePart(ObjectSilhouette Owner, PartShape Shape, string Color, Rgb Value, int X, int Y)
{
    /// <summary>What it is called: that depends on its shape and on the object that carries it.</summary>
    public string Label => Owner.NameOf(Shape);

    /// <summary>The rows of its box.</summary>
    public Range Rows => (Y - PartShape.HalfSide)..(Y + PartShape.HalfSide);

    /// <summary>The columns of its box.</summary>
    public Range Columns => (X - PartShape.HalfSide)..(X + PartShape.HalfSide);

    public bool Contains(int row, int column) => Shape.Contains((2 * column) + 1 - (2 * X), (2 * row) + 1 - (2 * Y));

    public RegionMask ToMask() => RegionMask.Create(Scene.Size, Rows, Columns, Contains);
}
