using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProbePipeline.Reports.Tests;

/// <summary>
/// Every text of stored results (names of conditions, rows, labels, answers, the dataset, the command) is replaced by a hostile one, and the whole report written: it has to
/// have the same tags, links and formulas as with harmless texts.
/// </summary>
[Collection(HostileInputCollection.Name)]
public sealed partial class HostileNamesTests : IDisposable
{
    private static readonly string[] Payloads =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><script>alert(1)</script>", "</title><svg onload=alert(1)>", "<!-- ", "-->", "]]>", "<![CDATA[",
        "javascript:alert(1)", "[a](javascript:alert(1))", "![a](http://example.org/a.png)", "<http://example.org>", "`code` ``` ", "| a | b |", "&lt;script&gt;", "&#60;script&#62;", "\u2028\u202E\u0000\u0007",
        "\r\n\r\n<script>", "${alert(1)}", "{{constructor.constructor('alert(1)')()}}", "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-1+1", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://example.org\",\"a\")",
        "\u00adscript\ufeff", "<ſcript>alert(1)</ſcript>", "data:text/html,<script>alert(1)</script>", "a\"b,c\nd",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void WriteStored_HostileTextEverywhere_StaysText()
    {
        var (harmless, hostile) = (Written("harmless", _ => "text"), Written("hostile", index => Payloads[index % Payloads.Length]));
        Assert.Equal(Tags(File.ReadAllText(Path.Combine(harmless, "report.html"))), Tags(File.ReadAllText(Path.Combine(hostile, "report.html"))));
        var page = File.ReadAllText(Path.Combine(hostile, "report.html"));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.All(Address().Matches(page), address => Assert.StartsWith("data:image/", address.Groups[1].Value, StringComparison.Ordinal));

        // Outside of fences nothing of Markdown or HTML is left but what the report writes itself.
        var markdown = Fence().Replace(File.ReadAllText(Path.Combine(hostile, "report.md")), "");
        Assert.DoesNotMatch(@"(?<!\\)<[a-zA-Z!/?]", markdown);
        Assert.All(Link().Matches(markdown), link => Assert.Matches(@"^[a-z0-9/-]+\.png$", link.Groups[1].Value));

        foreach (var svg in Directory.GetFiles(hostile, "*.svg"))
        {
            Assert.DoesNotContain(XDocument.Load(svg).Descendants(), element => element.Name.LocalName is "script" or "foreignObject" or "a" || element.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        }

        Assert.Contains(Directory.GetFiles(Path.Combine(hostile, "tables"), "*.csv"), csv => CsvCells(File.ReadAllText(csv)).Any(cell => cell is ['\'', '=' or '@' or '+' or '-', ..]));
        foreach (var csv in Directory.GetFiles(Path.Combine(hostile, "tables"), "*.csv"))
        {
            Assert.All(CsvCells(File.ReadAllText(csv)), cell => Assert.False(cell is ['=' or '@' or '\t' or '\r', ..] || (cell is ['+' or '-', ..] && !double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _)), cell));
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Written(string name, Func<int, string> payload)
    {
        var stored = _folder.File($"{name}.json");
        ResultsFile.Write(stored, ReferenceStudy.Results);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var root = JsonNode.Parse(File.ReadAllText(stored))!;
        // The same text becomes the same one everywhere, so that names still find each other.
        File.WriteAllText(stored, Replaced(root, "", text => texts.TryGetValue(text, out var known) ? known : texts[text] = $"{payload(texts.Count)} {texts.Count}")!.ToJsonString());
        Assert.True(texts.Count > Payloads.Length, $"{texts.Count}");
        ReportWriter.WriteStored(ResultsFile.Read(stored), stored, _folder.File(name));
        return _folder.File(name);
    }

    private static JsonNode? Replaced(JsonNode? node, string key, Func<string, string> change) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(item => Replaced(item, key, change))]),
        // Keys that are no names of properties are texts too: conditions, answers, versions.
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(
            key is "conditions" or "answers" or "software" ? change(member.Key) : member.Key, Replaced(member.Value, member.Key, change)))),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String && !IsForm(key, value.GetValue<string>()) => JsonValue.Create(change(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    /// <summary>Texts with a form of their own: pictures, sites, numbers that JSON has none for, names of files.</summary>
    private static bool IsForm(string key, string text) => key is "png" or "site" or "tower" or "file" || text.Length > 2000 || Site().IsMatch(text) || text is "Infinity" or "NaN" or "-Infinity";

    private static string[] Tags(string page) => [.. Tag().Matches(page).Select(tag => Quoted().Replace(tag.Value, "\"\""))];

    private static List<string> CsvCells(string csv)
    {
        var cells = new List<string>();
        var (cell, isQuoted) = (new StringBuilder(), false);
        foreach (var sign in csv)
        {
            if (sign == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && sign is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(sign);
            }
        }

        return cells;
    }

    [GeneratedRegex("<[a-zA-Z!/][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(" (?:src|srcset|href)=\"([^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex("^(`{3,})\n.*?\n\\1$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!\\)\]\(([^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:vision|language|projector)(?:\.[a-z_0-9.]+)?(?:@[a-z-]+)?$")]
    private static partial Regex Site();
}
