using System.IO.Hashing;

namespace ProbePipeline.Features;

/// <summary>
/// XXH128 (https://github.com/Cyan4973/xxHash) as 32 hexadecimal digits. It finds what disks, networks and people damage, not what somebody forges.
/// </summary>
internal static class Checksum
{
    /// <summary>As many zeros as a checksum has digits: what stands in its place until it is known.</summary>
    public const string Blank = "00000000000000000000000000000000";

    /// <summary>The checksum of a file that it is to stand in itself.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="place">Where it stands; what is there does not count.</param>
    public static string OfRest(ReadOnlySpan<byte> bytes, Range place)
    {
        var hash = new XxHash128();
        hash.Append(bytes[..place.Start]);
        hash.Append(bytes[place.End..]);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(XxHash128.Hash(bytes));
}
