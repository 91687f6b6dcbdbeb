namespace ProbePipeline.Inputs.Datasets.Scenes;

/// <summary>A grey object of a scene; X and Y are its centre in pixels, on a pixel's upper left corner.</summary>
internal sealed record SceneObject(ObjectSilhouette Silhouette, int X, int Y, byte Gray)
{
    /// <summary>The rows of its box.</summary>
    public Range Rows => (Y - ObjectSilhouette.HalfHeight)..(Y + ObjectSilhouette.HalfHeight);

    /// <summary>The columns of its box.</summary>
    public Range Columns => (X - ObjectSilhouette.HalfWidth)..(X + ObjectSilhouette.HalfWidth);

    public bool Contains(int row, int column) => Silhouette.Contains((2 * column) + 1 - (2 * X), (2 * row) + 1 - (2 * Y));
}
