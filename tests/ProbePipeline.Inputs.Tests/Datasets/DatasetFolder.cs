using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Datasets;

/// <summary>A folder of a dataset that a test makes; gone after it.</summary>
internal sealed class DatasetFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dataset-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes a picture of one colour.</summary>
    public void Picture(string name, PictureSize size, byte value = 100) => Png(name, PictureEncoder.EncodePng(new Picture(size, [.. Enumerable.Repeat(value, size.Height * size.Width * 3)])));

    /// <summary>Writes a PNG.</summary>
    public void Png(string name, byte[] png)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], png);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Every part of a dataset.</summary>
    public static PicturePart[] PartsOf(IPartDataset dataset) => [.. dataset.Pictures.SelectMany(picture => picture.Parts)];
}
