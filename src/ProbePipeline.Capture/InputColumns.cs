namespace ProbePipeline.Capture;

/// <summary>The columns that a network reads of every row.</summary>
/// <param name="Picture">The picture, of <see cref="PictureDataViewType"/>.</param>
/// <param name="Prompt">The prompt as text, with a placeholder where the picture stands.</param>
/// <param name="Region">The part that the row asks about, of <see cref="RegionDataViewType"/>; null: rows have none.</param>
public sealed record InputColumns(string Picture = "Picture", string Prompt = "Prompt", string? Region = "Region")
{
    /// <summary>The names of all of them.</summary>
    internal IEnumerable<string> Names => Region is null ? [Picture, Prompt] : [Picture, Prompt, Region];
}
