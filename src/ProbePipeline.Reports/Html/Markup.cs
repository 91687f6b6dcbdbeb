using System.Net;

namespace ProbePipeline.Reports.Html;

/// <summary>A piece of HTML. Text becomes markup by being escaped and in no other way: nothing that was named or measured can end up as a tag.</summary>
internal readonly struct Markup
{
    private readonly string? _html;

    private Markup(string html) => _html = html;

    public static implicit operator Markup(string text) => new(WebUtility.HtmlEncode(text));

    /// <summary>An element with its children.</summary>
    public static Markup Element(string tag, params ReadOnlySpan<Markup> children) => Element(tag, [], children);

    /// <summary>An element with attributes and children.</summary>
    /// <param name="attributes">Names, which are ours, and values, which are escaped.</param>
    public static Markup Element(string tag, (string Name, string Value)[] attributes, params ReadOnlySpan<Markup> children) =>
        new($"<{tag}{Attributes(attributes)}>{Join(children)}</{tag}>");

    /// <summary>An element that has no end tag.</summary>
    public static Markup Void(string tag, params (string Name, string Value)[] attributes) => new($"<{tag}{Attributes(attributes)}>");

    /// <summary>A style sheet of ours; it is not escaped.</summary>
    public static Markup Style(string css) => new($"<style>{StyleContent(css)}</style>");

    /// <summary>What stands between the tags of a style sheet, to the byte.</summary>
    public static string StyleContent(string css) => $"\n{css}";

    /// <summary>Pieces one after the other.</summary>
    public static Markup Join(params ReadOnlySpan<Markup> parts)
    {
        var html = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            html.Append(part._html);
        }

        return new(html.ToString());
    }

    /// <summary>Pieces one a line.</summary>
    public static Markup Lines(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => $"{part._html}\n")));

    public override string ToString() => _html ?? "";

    private static string Attributes((string Name, string Value)[] attributes) =>
        string.Concat(attributes.Select(attribute => $" {attribute.Name}=\"{WebUtility.HtmlEncode(attribute.Value)}\""));
}
