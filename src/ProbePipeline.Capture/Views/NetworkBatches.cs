using System.Collections.Immutable;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Views;

/// <summary>Runs the network on one batch of rows after another, for the columns that are asked for alone, while the rows of the next batch are made ready.</summary>
internal sealed class NetworkBatches : IDisposable
{
    private readonly NetworkView _view;
    private readonly ImmutableArray<NetworkColumn> _columns;
    private readonly RowsAhead _rows;
    private readonly ImmutableArray<CaptureCondition> _conditions;
    private readonly Array[] _values;
    private long _batch = -1;
    private ReadyRows? _ready;
    private bool _isComputed;

    public NetworkBatches(NetworkView view, ImmutableArray<NetworkColumn> columns)
    {
        _view = view;
        _columns = columns;
        _rows = new RowsAhead(view, columns);
        _conditions = [.. columns.Select(column => column.Condition).DistinctBy(condition => condition.Name)];
        _values = new Array[columns.Length];
    }

    /// <summary>Begins to make the first batch ready.</summary>
    public void Begin() => _rows.Begin();

    /// <summary>The values of a column for the batch that holds a row.</summary>
    /// <param name="column">The column's place among those that are asked for.</param>
    /// <param name="position">The row's place among all.</param>
    public Array Values(int column, long position)
    {
        var wanted = position / _view.BatchSize;
        if (wanted != _batch)
        {
            (_batch, _ready, _isComputed) = (wanted, null, false);
        }

        // An error leaves the batch without values, so whoever asks again gets it again.
        if (!_isComputed)
        {
            _ready ??= _rows.Take(wanted);
            Compute(_ready);
            _isComputed = true;
        }

        return _values[column];
    }

    public void Dispose() => _rows.Dispose();

    private void Compute(ReadyRows ready)
    {
        var parts = new List<Array[]>();
        var first = 0;
        foreach (var count in GridRuns.Of(ready.Rows, _view.Model.Network))
        {
            _view.Model.Memory.Run(first, count, (from, some) => parts.Add(Run(ready.Part(from, some))));
            first += count;
        }

        for (var column = 0; column < _values.Length; column++)
        {
            _values[column] = GridRuns.Joined([.. parts.Select(part => part[column])]);
        }
    }

    /// <summary>Runs rows that go together.</summary>
    private Array[] Run(ReadyRows ready)
    {
        var network = _view.Model.Network;
        var batch = new Batch(ready.Rows);
        using var donors = DonorStates.Of(network, batch, donor => new Batch(ready.Donors[donor]), _conditions);
        var changes = _conditions.ToDictionary(condition => condition.Name, donors.Request);
        var requests = _conditions.Select(condition => _columns.Where(column => column.Condition.Name == condition.Name)
            .Aggregate(changes[condition.Name], (request, column) => column.Ask(request))).ToArray();
        var results = network.Forward(batch, requests);
        try
        {
            var run = new BatchRun(
                _view.Model, ready.Rows, changes, _conditions.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second), ready.Labels,
                [.. _columns.OfType<HiddenStateColumn>().Select(column => (column.Condition.Name, column.Capture)).Distinct()]);
            return [.. _columns.Select(column => column.Read(run))];
        }
        finally
        {
            foreach (var result in results)
            {
                result.Dispose();
            }
        }
    }
}
