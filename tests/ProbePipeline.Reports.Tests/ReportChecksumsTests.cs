namespace ProbePipeline.Reports.Tests;

public sealed class ReportChecksumsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Faults_ReportAsItWasWritten_HasNone()
    {
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);
        Assert.Empty(ReportChecksums.Faults(_folder.Path));
        // Every file but the one that records them.
        Assert.Equal(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length - 1, File.ReadAllLines(_folder.File(ReportChecksums.Name)).Length);
    }

    [Fact]
    public void Faults_FileChangedOrMissing_NamesIt()
    {
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);
        File.AppendAllText(_folder.File("report.html"), " ");
        File.Delete(_folder.File("tables/probes.csv"));
        var faults = ReportChecksums.Faults(_folder.Path).ToArray();
        Assert.Equal(2, faults.Length);
        Assert.StartsWith($"{_folder.File("report.html")}: expected the SHA-256 ", faults[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.File("tables/probes.csv")}: expected a file of the report; it is missing", faults[1], StringComparison.Ordinal);
    }

    /// <summary>A report from elsewhere may name any file of this machine: it is not read, and its hash is not shown.</summary>
    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("tables/../../secret.txt")]
    [InlineData("/etc/passwd")]
    public void Faults_NameOutOfTheFolder_IsNotRead(string name)
    {
        File.WriteAllText(_folder.File(ReportChecksums.Name), $"{new string('0', 64)}  {name}\n");
        var fault = Assert.Single(ReportChecksums.Faults(_folder.Path));
        Assert.Contains($"expected files in the report's folder; found '{name}', which leaves it and is not read", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ResultsThatNameAFileOutside_DoNotRecordIt()
    {
        File.WriteAllText(_folder.File("secret.txt"), "secret");
        var results = ReferenceStudy.Results with { SavedProbes = new("../secret.txt", 1, 1, 6) };
        ReportWriter.WriteStored(results, "results.json", _folder.File("report"));
        Assert.DoesNotContain("secret", File.ReadAllText(_folder.File("report/SHA256SUMS")), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_NoHashesOrOtherLines_SaysWhatIsExpected()
    {
        Assert.Contains("expected the hashes of the report's files; it is missing", Assert.Single(ReportChecksums.Faults(_folder.Path)), StringComparison.Ordinal);
        File.WriteAllText(_folder.File(ReportChecksums.Name), "no hash\n");
        Assert.Contains("expected a hash and a file's name a line; found 'no hash'", Assert.Single(ReportChecksums.Faults(_folder.Path)), StringComparison.Ordinal);
    }
}
