using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Inputs;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A mapping of known keys, as schema and documentation see it.</summary>
internal interface ISectionForm : IValueForm
{
    IReadOnlyList<IKey> Keys { get; }
}

/// <summary>A mapping of known keys that becomes <typeparamref name="TOptions"/>: defaults where nothing is given, errors where a key is not known.</summary>
/// <param name="defaults">The options where nothing is given; required values are not looked at.</param>
/// <param name="keys">The keys, in the order in which they are written.</param>
internal sealed class SectionForm<TOptions>(Func<TOptions> defaults, params Key<TOptions>[] keys) : ValueForm<TOptions>, ISectionForm
    where TOptions : notnull
{
    private readonly ImmutableArray<Key<TOptions>> _keys = [.. keys.Select(key => key with { Defaults = defaults })];

    public IReadOnlyList<IKey> Keys => _keys;

    public override string Expected => $"a mapping with {string.Join(", ", _keys.Select(key => key.Name))}";

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out TOptions value)
    {
        if (node is not SourceMapping mapping)
        {
            return Refuse(node, key, problems, out value);
        }

        var before = problems.Count;
        value = defaults();
        foreach (var known in _keys)
        {
            var entry = mapping[known.Name];
            var path = KeyPath.Join(key, known.Name);
            if (entry is not null and not { Value: SourceRemoval })
            {
                value = known.Read(value, entry.Value, path, problems);
            }
            else if (known.Required)
            {
                problems.Add((entry?.Value ?? node).Origin, path, $"this key is missing, expected {known.Form.Expected}");
            }
        }

        foreach (var entry in mapping.Entries.Where(entry => _keys.All(known => known.Name != entry.Key)))
        {
            ImmutableArray<string> names = [.. _keys.Select(known => known.Name)];
            problems.Add(entry.Origin, KeyPath.Join(key, entry.Key), $"this key is not known, expected {InWords(names)}{NearestName.Of(entry.Key, names)}");
        }

        return problems.Count == before;
    }

    public override SourceNode Write(TOptions value) => Mapping(value, []);

    /// <summary>Writes the named keys; without a name all of them.</summary>
    public SourceMapping Mapping(TOptions value, ImmutableArray<string> names) => Written.Mapping(
        from key in _keys
        where names.IsEmpty || names.Contains(key.Name)
        let written = key.Write(value)
        where written is not null
        select (key.Name, written));

    public override JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(_keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)key.Schema()))),
        };
        if (_keys.Any(key => key.Required))
        {
            schema["required"] = new JsonArray([.. _keys.Where(key => key.Required).Select(key => (JsonNode)JsonValue.Create(key.Name))]);
        }

        return schema;
    }
}
