using System.Collections.Immutable;
using Microsoft.ML;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Views;

/// <summary>Reads ahead in the input and runs the network on one batch of rows after another, for the columns that are asked for alone.</summary>
internal sealed class NetworkBatches : IDisposable
{
    private readonly NetworkView _view;
    private readonly ImmutableArray<NetworkColumn> _columns;
    private readonly DataViewRowCursor _input;
    private readonly InputRow _row;
    private readonly Dictionary<InputColumns, (InputRow Row, List<PromptRow> Read)> _donors;
    private readonly ImmutableArray<(string Name, ValueGetter<ReadOnlyMemory<char>> Get)> _labels;
    private readonly Dictionary<NetworkColumn, Array> _values = [];
    private long _batch = -1;

    public NetworkBatches(NetworkView view, IEnumerable<NetworkColumn> columns)
    {
        _view = view;
        _columns = [.. columns];
        var schema = view.Source.Schema;
        var labelNames = _columns.Select(column => column.LabelColumn).OfType<string>().Distinct().ToArray();
        InputColumns[] donors = [.. NetworkView.DonorRows(_columns)];
        string[] names = [.. donors.Prepend(view.Inputs).SelectMany(inputs => inputs.Names), .. labelNames];
        _input = view.Source.GetRowCursor(names.Distinct().Select(name => schema[name]));
        _row = new InputRow(_input, view.Inputs, view.Model);
        _donors = donors.ToDictionary(donor => donor, donor => (new InputRow(_input, donor, view.Model), new List<PromptRow>()));
        _labels = [.. labelNames.Select(name => (name, _input.GetGetter<ReadOnlyMemory<char>>(schema[name])))];
    }

    /// <summary>The values of a column for the batch that holds a row.</summary>
    public Array Values(NetworkColumn column, long position)
    {
        while (_batch < position / _view.BatchSize)
        {
            _batch++;
            // Batches that were passed over are read, but the network does not run on them.
            if (_batch == position / _view.BatchSize)
            {
                Run();
            }
            else
            {
                for (var row = 0; row < _view.BatchSize; row++)
                {
                    _input.MoveNext();
                }
            }
        }

        return _values[column];
    }

    public void Dispose() => _input.Dispose();

    private void Run()
    {
        var (rows, labels) = ReadRows();
        var (done, parts) = (0, new List<Dictionary<NetworkColumn, Array>>());
        foreach (var count in GridRuns.Of(rows, _view.Model.Network))
        {
            parts.Add(Run(rows, labels, done, count));
            done += count;
        }

        foreach (var column in _columns)
        {
            _values[column] = GridRuns.Joined([.. parts.Select(part => part[column])]);
        }
    }

    /// <summary>Runs some of the rows that were read.</summary>
    private Dictionary<NetworkColumn, Array> Run(ImmutableArray<PromptRow> read, IReadOnlyDictionary<string, ImmutableArray<string>> readLabels, int first, int count)
    {
        var rows = read.Slice(first, count);
        var labels = readLabels.ToDictionary(label => label.Key, label => label.Value.Slice(first, count));
        ImmutableArray<CaptureCondition> conditions = [.. _columns.Select(column => column.Condition).DistinctBy(condition => condition.Name)];
        var batch = new Batch(rows);
        using var donors = DonorStates.Of(_view.Model.Network, batch, donor => new Batch(_donors[donor].Read.GetRange(first, count)), conditions);
        var changes = conditions.ToDictionary(condition => condition.Name, donors.Request);
        var requests = conditions.Select(condition => _columns.Where(column => column.Condition.Name == condition.Name)
            .Aggregate(changes[condition.Name], (request, column) => column.Ask(request))).ToArray();
        var results = _view.Model.Network.Forward(batch, requests);
        try
        {
            var run = new BatchRun(_view.Model, rows, changes, conditions.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second), labels);
            return _columns.ToDictionary(column => column, column => column.Read(run));
        }
        finally
        {
            foreach (var result in results)
            {
                result.Dispose();
            }
        }
    }

    private (ImmutableArray<PromptRow> Rows, IReadOnlyDictionary<string, ImmutableArray<string>> Labels) ReadRows()
    {
        var rows = ImmutableArray.CreateBuilder<PromptRow>();
        var labels = _labels.ToDictionary(label => label.Name, _ => ImmutableArray.CreateBuilder<string>());
        foreach (var (_, read) in _donors.Values)
        {
            read.Clear();
        }

        while (rows.Count < _view.BatchSize && _input.MoveNext())
        {
            rows.Add(_row.Read());
            foreach (var (row, read) in _donors.Values)
            {
                read.Add(row.Read());
            }

            foreach (var (name, get) in _labels)
            {
                var label = default(ReadOnlyMemory<char>);
                get(ref label);
                labels[name].Add(label.ToString());
            }
        }

        return (rows.ToImmutable(), labels.ToDictionary(label => label.Key, label => label.Value.ToImmutable()));
    }
}
