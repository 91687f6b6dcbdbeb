using System.Text.Json.Nodes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Markdown;
using ProbePipeline.Reports.Storage;
using ProbePipeline.Reports.Tables;
using ProbePipeline.Testing;

namespace ProbePipeline.Reports.Tests;

[Collection(HostileInputCollection.Name)]
public sealed class ResultsFileHostileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Read, and shown but for the charts, which take too long to be drawn so often.</summary>
    [Fact]
    public void Read_MutatedFile_IsReadOrRefusedByName()
    {
        var path = _folder.File(ResultsFile.Name);
        ResultsFile.Write(path, ReferenceStudy.Results);
        HostileInputs.Check(
            file =>
            {
                File.WriteAllBytes(path, file);
                Show(ResultsFile.Read(path), path);
            },
            path,
            [typeof(ResultsException)],
            File.ReadAllBytes(path));
    }

    /// <summary>Valid JSON whose lists are emptied, doubled or hold null, and whose numbers and texts are others.</summary>
    [Fact]
    public void Read_MutatedValues_AreReadOrRefusedByName()
    {
        var path = _folder.File(ResultsFile.Name);
        ResultsFile.Write(path, ReferenceStudy.Results);
        var whole = File.ReadAllText(path);
        HostileInputs.Check(
            Enumerable.Range(0, HostileInputs.Count).Select(number => ($"values {number}", Mutated(whole, new Random(number)))),
            file =>
            {
                File.WriteAllBytes(path, file);
                Show(ResultsFile.Read(path), path);
            },
            path,
            [typeof(ResultsException)]);
    }

    [Fact]
    public void Read_DeeplyNestedFile_IsRefused()
    {
        File.WriteAllText(_folder.File(ResultsFile.Name), $"{{\"schemaVersion\": {new string('[', 100_000)}{new string(']', 100_000)}}}");
        Assert.Contains(ResultsFile.Name, Assert.Throws<ResultsException>(() => ResultsFile.Read(_folder.File(ResultsFile.Name))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Show(ExperimentResults results, string path) => StoredForm.Guard(path, () =>
    {
        Assert.NotEmpty(MarkdownPage.Write(ReportDocument.Of(results)));
        foreach (var table in ResultTables.Of(results))
        {
            CsvTable.Write(table);
        }
    });

    private static byte[] Mutated(string whole, Random random)
    {
        var root = JsonNode.Parse(whole)!;
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var node = root;
            // Down to some depth, by chance.
            while (Children(node) is { Count: > 0 } children && (node == root || random.Next(5) > 0))
            {
                node = children[random.Next(children.Count)];
            }

            JsonNode?[] others = [null, JsonValue.Create(-1), JsonValue.Create(1e308), JsonValue.Create(int.MaxValue), JsonValue.Create(""), JsonValue.Create("other"), new JsonArray(), JsonNode.Parse("[null]"), new JsonObject(), new JsonArray(node.DeepClone(), node.DeepClone())];
            var other = node is JsonArray list && list.Count > 0 && random.Next(2) == 0 ? new JsonArray([.. list.Skip(1).Select(item => item?.DeepClone())]) : others[random.Next(others.Length)];
            if (node != root)
            {
                node.ReplaceWith(other);
            }
        }

        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static List<JsonNode> Children(JsonNode node) =>
        [.. (node switch { JsonArray list => list, JsonObject @object => @object.Select(member => member.Value), _ => [] }).OfType<JsonNode>()];
}
