using System.Text;
using System.Text.Json;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Regions;

[Collection(HostileInputCollection.Name)]
public sealed class RegionHostileTests
{
    [Fact]
    public void FromText_MutatedText_IsReadOrRefusedByName() => HostileInputs.Check(
        file => RunLengthMask.FromText(new PictureSize(10, 20), Encoding.Latin1.GetString(file)),
        "run-length",
        [typeof(RegionException)],
        [.. @"i03\5"u8]);

    [Fact]
    public void FromRuns_MutatedSizesAndRuns_AreReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            if (Numbers(file) is [var height, var width, .. var runs])
            {
                RunLengthMask.FromRuns(new PictureSize((int)height, (int)width), [.. runs.Select(run => (long)run)]);
            }
        },
        "mask",
        [typeof(RegionException)],
        [.. "[10, 20, 25, 3, 172]"u8]);

    [Fact]
    public void Of_MutatedPolygon_IsReadOrRefusedByName() => HostileInputs.Check(
        file => PolygonMask.Of(new PictureSize(10, 20), Numbers(file) is { } numbers ? [numbers] : []),
        "polygon",
        [typeof(RegionException)],
        [.. "[2, 3, 7.5, 3, 7, 8, 2, 8]"u8]);

    private static double[]? Numbers(byte[] file)
    {
        try
        {
            return JsonSerializer.Deserialize<double[]>(file);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
