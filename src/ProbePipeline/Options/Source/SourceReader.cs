using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProbePipeline.Options.Source;

/// <summary>
/// Reads YAML into <see cref="SourceNode"/>s from the parser's events rather than by a serializer: every value keeps its place, keys given twice
/// are seen, and nesting and aliases, which can make a short text huge, are refused before they are followed.
/// </summary>
internal sealed class SourceReader
{
    private const int DeepestNesting = 16;

    private readonly Parser _parser;
    private readonly Func<Mark, Origin> _origin;
    private readonly ProblemList _problems;

    private SourceReader(string text, Func<Mark, Origin> origin, ProblemList problems)
    {
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _origin = origin;
        _problems = problems;
    }

    /// <summary>Reads a text that is one YAML document.</summary>
    /// <param name="text">The text; an empty one is read as nothing.</param>
    /// <param name="origin">Gives the place of a mark.</param>
    /// <param name="key">The key that the text is the value of; empty for a file.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    /// <returns>Null where the text is no YAML.</returns>
    public static SourceNode? Read(string text, Func<Mark, Origin> origin, string key, ProblemList problems)
    {
        var reader = new SourceReader(text, origin, problems);
        try
        {
            return reader.Document(key);
        }
        catch (YamlException error)
        {
            problems.Add(origin(error.Start), key, error is RefusedException ? error.Message : $"this is no YAML: {error.Message}");
            return null;
        }
        // What the parser throws on some tags, and on what does not end.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            problems.Add(origin(Mark.Empty), key, $"this is no YAML: {error.Message}");
            return null;
        }
    }

    private SourceNode Document(string key)
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end))
        {
            return new SourceScalar(_origin(end.Start), "", Plain: true);
        }

        _parser.Consume<DocumentStart>();
        var root = Node(key, depth: 0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw new RefusedException(second.Start, "a second document begins here, expected one")
            : root;
    }

    private SourceNode Node(string key, int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var place = _origin(alias.Start);
            _problems.AddLast(place, key, $"the alias *{alias.Value} is not read here, expected the value itself");
            return new SourceScalar(place, $"*{alias.Value}", Plain: false);
        }

        var node = _parser.Consume<NodeEvent>();
        var origin = _origin(node.Start);
        if (!node.Anchor.IsEmpty)
        {
            _problems.Add(origin, key, $"the anchor &{node.Anchor.Value} is not read here, expected the value alone");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            _problems.Add(origin, key, $"the tag {node.Tag.Value} is not read here, expected the value alone");
        }

        if (depth > DeepestNesting)
        {
            throw new RefusedException(node.Start, $"found lists or mappings in each other more than {DeepestNesting} deep, expected no more");
        }

        return node switch
        {
            Scalar scalar => new SourceScalar(origin, scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => List(origin, key, depth),
            _ => Mapping(origin, key, depth),
        };
    }

    private SourceList List(Origin origin, string key, int depth)
    {
        var items = new List<SourceNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node($"{key}[{items.Count}]", depth + 1));
        }

        return new SourceList(origin, items);
    }

    private SourceMapping Mapping(Origin origin, string key, int depth)
    {
        var entries = new List<SourceEntry>();
        var first = new Dictionary<string, int>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            _ = _parser.Accept<ParsingEvent>(out var start);
            if (Node(key, depth + 1) is not SourceScalar { IsNothing: false } name)
            {
                throw new RefusedException(start!.Start, "found a key that is no word, expected one");
            }

            var path = KeyPath.Join(key, name.Text);
            var value = Node(path, depth + 1);
            if (first.TryAdd(name.Text, name.Origin.Line))
            {
                entries.Add(new SourceEntry(name.Origin, name.Text, value));
            }
            else
            {
                _problems.Add(name.Origin, path, first[name.Text] > 0 ? $"this key is given twice, first in line {first[name.Text]}" : "this key is given twice");
            }
        }

        return new SourceMapping(origin, entries);
    }

    /// <summary>Valid YAML that an experiment file may not hold, and after which reading on would help nobody.</summary>
    private sealed class RefusedException(Mark start, string message) : YamlException(start, start, message);
}
