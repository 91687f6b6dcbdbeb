using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Options;

namespace ProbePipeline;

/// <summary>Datasets as files.</summary>
public static class DatasetFiles
{
    /// <summary>Writes a dataset as PNG files with a manifest.</summary>
    /// <param name="name">The dataset: partscenes.</param>
    /// <param name="seed">Other seeds give other pictures.</param>
    /// <param name="images">Number of pictures.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="cancellation">Stops between pictures; the same call goes on from there.</param>
    /// <returns>How many pictures and parts there are, and the manifest's path.</returns>
    /// <exception cref="DatasetException">The folder holds something else.</exception>
    /// <exception cref="ExperimentException">There is no such dataset.</exception>
    public static (int Pictures, int Parts, string Manifest) Export(string name, long seed, int images, string folder, CancellationToken cancellation = default)
    {
        var dataset = new DatasetOptions { Name = name, Seed = seed, Images = images }.Open();
        DatasetExport.Write(dataset, folder, progress: null, cancellation);
        return (dataset.PictureCount, dataset.Pictures.Sum(picture => picture.Parts.Length), Path.Combine(folder, DatasetExport.Manifest));
    }
}
