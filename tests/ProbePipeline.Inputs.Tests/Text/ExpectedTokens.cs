using System.Text.Json;
using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Inputs.Tests.Text;

/// <summary>A folder with a tokenizer.json and what the reference makes of some texts.</summary>
internal static class ExpectedTokens
{
    /// <summary>Compares every row: ids with and without special tokens, and decoded text with and without them.</summary>
    /// <returns>How many rows there were, and what differed.</returns>
    public static (int Rows, List<string> Differences) Compare(string folder)
    {
        var tokenizer = TextTokenizer.Load(Path.Combine(folder, "tokenizer.json"));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var (rows, differences) = (0, new List<string>());
        foreach (var row in expected.RootElement.GetProperty("rows").EnumerateArray())
        {
            rows++;
            var text = row.GetProperty("text").GetString()!;
            var (ids, plain) = (Ids(row, "ids"), Ids(row, "ids_no_special"));
            Check("ids", Show(ids), Show(tokenizer.Encode(text, addSpecialTokens: true)));
            Check("ids_no_special", Show(plain), Show(tokenizer.Encode(text, addSpecialTokens: false)));
            Check("decoded", row.GetProperty("decoded").GetString()!, tokenizer.Decode(plain, skipSpecialTokens: false));
            Check("decoded_skip_special", row.GetProperty("decoded_skip_special").GetString()!, tokenizer.Decode(ids, skipSpecialTokens: true));

            void Check(string what, string wanted, string found)
            {
                if (wanted != found)
                {
                    differences.Add($"{Path.GetFileName(folder)}, {JsonSerializer.Serialize(text)}, {what}: {JsonSerializer.Serialize(found)} instead of {JsonSerializer.Serialize(wanted)}");
                }
            }
        }

        return (rows, differences);
    }

    private static int[] Ids(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    private static string Show(IEnumerable<int> ids) => string.Join(' ', ids);
}
