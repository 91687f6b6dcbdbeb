using System.Collections.Immutable;

namespace ProbePipeline.Options.Source;

/// <summary>Puts values from the command line into what a file says, before anybody asks what it means.</summary>
internal sealed class SourceOverride
{
    private const int LongestShown = 80;

    private readonly string _key;
    private readonly ImmutableArray<string> _parts;
    private readonly SourceNode _value;
    private readonly Origin _origin;
    private readonly ProblemList _problems;

    private SourceOverride(string key, SourceNode value, Origin origin, ProblemList problems)
    {
        _key = key;
        _parts = KeyPath.Parts(key);
        _value = value is SourceScalar { IsNothing: true } ? new SourceRemoval(origin, Given: false) : value;
        _origin = origin;
        _problems = problems;
    }

    /// <summary>Applies <c>key=value</c>: a path of keys, and YAML.</summary>
    public static SourceNode Apply(SourceNode root, string text, ProblemList problems)
    {
        var origin = Origin.Whole($"--set {SourceNode.Shorten(text, LongestShown)}");
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? text : text[..equals].Trim();
        if (equals < 0 || key.Length == 0 || KeyPath.Parts(key).Any(part => part.Length == 0))
        {
            problems.Add(origin, "", "expected a key, an equals sign and a value, as in probe.l2=[1e-3, 1e-2]");
        }
        else if (string.IsNullOrWhiteSpace(text[(equals + 1)..]))
        {
            problems.Add(origin, key, $"found no value, expected one after the equals sign; {key}=null takes the key away");
        }
        else if (SourceReader.Read(text[(equals + 1)..], _ => origin, key, problems) is { } value)
        {
            return new SourceOverride(key, value, origin, problems).Into(root, part: 0);
        }

        return root;
    }

    private SourceNode Into(SourceNode node, int part)
    {
        if (part == _parts.Length)
        {
            return _value;
        }

        switch (node)
        {
            case SourceMapping mapping:
                return IntoMapping(mapping, part);
            case SourceRemoval or SourceScalar { IsNothing: true }:
                return IntoMapping(new SourceMapping(_origin, []), part);
            case SourceList list when KeyPath.Index(_parts[part]) is { } index && index < list.Items.Count:
                return list with { Items = [.. list.Items.Select((item, place) => place == index ? Into(item, part + 1) : item)] };
            case SourceList list:
                _problems.Add(_origin, _key, $"found \"{_parts[part]}\" for an item of a list, expected a number below {list.Items.Count}");
                return node;
            default:
                _problems.Add(_origin, _key, $"{string.Join('.', _parts.Take(part))} is {node.Shown}, so there is no key \"{_parts[part]}\" in it");
                return node;
        }
    }

    private SourceMapping IntoMapping(SourceMapping mapping, int part)
    {
        var key = _parts[part];
        if (mapping[key] is not { } given)
        {
            return mapping with { Entries = [.. mapping.Entries, new SourceEntry(_origin, key, Into(new SourceMapping(_origin, []), part + 1))] };
        }

        var value = Into(given.Value, part + 1);
        value = ReferenceEquals(value, _value) && value is SourceRemoval removal ? removal with { Given = true } : value;
        var entry = new SourceEntry(part == _parts.Length - 1 ? _origin : given.Origin, key, value);
        return mapping with { Entries = [.. mapping.Entries.Select(other => ReferenceEquals(other, given) ? entry : other)] };
    }
}
