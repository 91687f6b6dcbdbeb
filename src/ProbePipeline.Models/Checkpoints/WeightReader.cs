using System.Collections.Immutable;
using System.IO.Enumeration;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// The border between a checkpoint's names and the network: layers are built from what it gives. Faults are noted, not thrown, so that
/// <see cref="Finish"/> can name all of them at once.
/// </summary>
internal sealed class WeightReader
{
    private readonly WeightSource _source;
    private readonly string _prefix;
    private readonly Notes _notes;

    /// <summary>A reader of the whole source.</summary>
    public WeightReader(WeightSource source)
        : this(source, prefix: "", new Notes())
    {
    }

    private WeightReader(WeightSource source, string prefix, Notes notes)
    {
        _source = source;
        _prefix = prefix;
        _notes = notes;
    }

    /// <summary>A reader of what stands below a name; the reader itself for an empty one.</summary>
    public WeightReader At(string name) => name.Length == 0 ? this : new(_source, $"{_prefix}{name}.", _notes);

    /// <summary>A tensor of exactly this shape. Where it is missing or of another shape, that is noted and a tensor without values is given.</summary>
    public Tensor Tensor(string name, params long[] shape)
    {
        name = _prefix + name;
        switch (_source.ShapeOf(name, shape))
        {
            case null:
                _notes.Missing.Add(name);
                break;
            case var found when !found.SequenceEqual(shape):
                _notes.Used[name] = 0;
                _notes.Misshapen.Add($"{name}: expected [{string.Join(", ", shape)}], found [{string.Join(", ", found)}]");
                break;
            case not null when _source.FaultOf(name) is { } fault:
                _notes.Used[name] = 0;
                _notes.Unfit.Add($"{name}: {fault}");
                break;
            default:
                _notes.Used[name] = shape.Aggregate(1L, (product, size) => product * size);
                return _source.Read(name, shape);
        }

        var placeholder = empty(shape, device: META).DetachFromDisposeScope();
        _notes.Placeholders.Add(placeholder);
        return placeholder;
    }

    /// <summary>Whether the checkpoint has a tensor of that name.</summary>
    public bool Has(string name) => _source.Names.Contains(_prefix + name);

    /// <summary>Names tensors that are known and deliberately not used.</summary>
    /// <param name="pattern">A name, with * for any characters.</param>
    /// <param name="reason">Why.</param>
    public void Ignore(string pattern, string reason) => _notes.Ignored.Add((_prefix + pattern, reason));

    /// <summary>Ends the reading: every tensor must be used or ignored, every parameter filled.</summary>
    /// <param name="where">The checkpoint, for the error.</param>
    /// <exception cref="CheckpointException">It is not so; the message lists the keys.</exception>
    public CheckpointReport Finish(string where)
    {
        var left = _source.Names.Where(name => !_notes.Used.ContainsKey(name)).ToDictionary(name => name, Reason);
        string[] problems =
        [
            .. List("missing", _notes.Missing),
            .. List("not used by this architecture", left.Where(tensor => tensor.Value is null).Select(tensor => tensor.Key)),
            .. List("of another shape", _notes.Misshapen),
            .. List("no weights", _notes.Unfit),
        ];
        _notes.Placeholders.ForEach(placeholder => placeholder.Dispose());
        return problems.Length == 0
            ? new CheckpointReport([.. _notes.Used.Keys.Order(StringComparer.Ordinal)], _notes.Used.Values.Sum(), left.ToImmutableDictionary(tensor => tensor.Key, tensor => tensor.Value!))
            : throw new CheckpointException(
                $"{where}: the tensors are not those of its config.json. {string.Join(" ", problems)} Is the checkpoint complete, and its config.json its own?");
    }

    private string? Reason(string name) =>
        _notes.Ignored.Where(ignored => FileSystemName.MatchesSimpleExpression(ignored.Pattern, name, ignoreCase: false)).Select(ignored => ignored.Reason).FirstOrDefault();

    private static IEnumerable<string> List(string what, IEnumerable<string> names)
    {
        const int Shown = 10;
        var sorted = names.Order(StringComparer.Ordinal).ToArray();
        return sorted.Length == 0 ? [] : [$"{sorted.Length} {what}: {string.Join("; ", sorted.Take(Shown))}{(sorted.Length > Shown ? "; ..." : "")}."];
    }

    private sealed class Notes
    {
        public Dictionary<string, long> Used { get; } = new(StringComparer.Ordinal);

        public List<string> Missing { get; } = [];

        public List<string> Misshapen { get; } = [];

        public List<string> Unfit { get; } = [];

        public List<Tensor> Placeholders { get; } = [];

        public List<(string Pattern, string Reason)> Ignored { get; } = [];
    }
}
