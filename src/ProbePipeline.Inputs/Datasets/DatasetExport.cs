using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>
/// Writes a dataset as files that anybody can look at and copy the form of: pictures and masks as PNG, and a <c>manifest.jsonl</c> with one line a part.
/// </summary>
/// <remarks>
/// A picture's mask file holds at every pixel the number of the part, from 1, and 0 where there is none; where parts overlap, or are more than 255,
/// every part has a file of its own. <c>dataset.json</c> names the dataset, and marks the folder as an export's. Equal datasets give equal bytes.
/// </remarks>
public static class DatasetExport
{
    /// <summary>The file that lists the parts; it comes last, so that a folder that has it is whole.</summary>
    public const string Manifest = "manifest.jsonl";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes every picture that has parts. A run over the folder of an earlier export of the same dataset writes the same bytes again.</summary>
    /// <param name="dataset">What is written.</param>
    /// <param name="folder">A new or empty folder, or one that an export of this dataset made.</param>
    /// <param name="progress">Told after every picture how many are written.</param>
    /// <param name="cancellation">Stops between two pictures; what is written by then stays, and there is no manifest unless an earlier run left one.</param>
    /// <exception cref="DatasetException">The folder holds something else or cannot be written, or a mask does not have the size of its picture.</exception>
    /// <exception cref="Pictures.PictureException">A picture cannot be read.</exception>
    public static void Write(IPartDataset dataset, string folder, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            var target = ExportFolder.Claim(folder, dataset);
            target.Write(Manifest, manifest =>
            {
                foreach (var (count, picture) in dataset.Pictures.Index())
                {
                    cancellation.ThrowIfCancellationRequested();
                    foreach (var line in WritePicture(picture, target))
                    {
                        JsonSerializer.Serialize(manifest, line, Json);
                        manifest.WriteByte((byte)'\n');
                    }

                    progress?.Report(count + 1);
                }
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{folder}: the dataset cannot be written ({failure.Message}). Check the path, its permissions and the room on the disk.", failure);
        }
    }

    private static IEnumerable<Line> WritePicture(PartPicture picture, ExportFolder target)
    {
        if (picture.Parts.IsEmpty)
        {
            return [];
        }

        var pixels = picture.Load();
        foreach (var part in picture.Parts.Where(part => part.Mask.Size != pixels.Size))
        {
            throw new DatasetException($"part {part.Id}: its mask has {part.Mask.Size} pixels, its picture {pixels.Size}. A mask has the size of its picture.");
        }

        var number = picture.Index.ToString("D5", CultureInfo.InvariantCulture);
        var file = $"pictures/{number}.png";
        target.Write(file, stream => stream.Write(PictureEncoder.EncodePng(pixels)));
        var masks = picture.Parts.Select(part => part.Mask).ToImmutableArray();
        if (NumberParts(masks) is { } numbers)
        {
            var mask = $"masks/{number}.png";
            target.Write(mask, stream => stream.Write(PictureEncoder.EncodePng(pixels.Size, numbers)));
            return picture.Parts.Select((part, index) => new Line(file, picture.Id, mask, index + 1, part.Id, part.Attributes));
        }

        return picture.Parts.Select((part, index) =>
        {
            var mask = string.Create(CultureInfo.InvariantCulture, $"masks/{number}-{index + 1:D3}.png");
            target.Write(mask, stream => stream.Write(PictureEncoder.EncodePng(pixels.Size, NumberParts([part.Mask])!)));
            return new Line(file, picture.Id, mask, 1, part.Id, part.Attributes);
        });
    }

    /// <summary>One byte a pixel: the number of its part; null where parts overlap or are too many.</summary>
    private static byte[]? NumberParts(ImmutableArray<RegionMask> masks)
    {
        if (masks.Length > byte.MaxValue)
        {
            return null;
        }

        var numbers = new byte[masks[0].Size.Height * masks[0].Size.Width];
        foreach (var (index, mask) in masks.Index())
        {
            var bounds = mask.Bounds;
            for (var row = (int)bounds.Top; row < (int)bounds.Bottom; row++)
            {
                for (var column = (int)bounds.Left; column < (int)bounds.Right; column++)
                {
                    ref var pixel = ref numbers[(row * mask.Size.Width) + column];
                    if (mask[row, column])
                    {
                        if (pixel != 0)
                        {
                            return null;
                        }

                        pixel = (byte)(index + 1);
                    }
                }
            }
        }

        return numbers;
    }

    /// <summary>One part, as the manifest writes it; paths are relative to the folder.</summary>
    private sealed record Line(string Picture, string PictureId, string Mask, int MaskValue, string Id, IReadOnlyDictionary<string, string> Attributes);
}
