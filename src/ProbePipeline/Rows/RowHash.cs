using System.Security.Cryptography;
using System.Text;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>SHA-256 over everything that rows give a network: pixels, masks, prompts, labels.</summary>
internal sealed class RowHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(Picture picture)
    {
        Add($"{picture.Size}");
        _hash.AppendData(picture.Pixels);
    }

    public void Add(ExperimentRow row, RegionMask region)
    {
        foreach (var text in new[] { row.Id, row.Label, row.Prompt })
        {
            Add(text);
        }

        _hash.AppendData(region.Bits);
    }

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    // Ended, so that no two lists of texts run together alike.
    private void Add(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text + '\0'));
}
