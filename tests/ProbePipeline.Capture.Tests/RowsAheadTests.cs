using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture.Columns;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Capture.Tests;

public sealed class RowsAheadTests : IDisposable
{
    private const string State = "intact/vision.resid_post.1";

    private readonly MLContext _ml = new(seed: 1);
    private readonly ProbedModel _model = Study.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void MoveNext_FirstRow_ReadsOneBatchAndNoMoreAhead()
    {
        var rows = Rows(24, failing: -1);
        using var cursor = Cursor(rows, out var get);
        Assert.Equal(0, rows.Sum(row => row.Asked));
        cursor.MoveNext();
        Eventually(() => rows.Sum(row => row.Asked) == 4);
        var value = default(VBuffer<float>);
        get(ref value);
        Eventually(() => rows.Sum(row => row.Asked) == 8);
        Thread.Sleep(50);
        Assert.Equal(8, rows.Sum(row => row.Asked));
    }

    [Fact]
    public void Get_RowThatFailsInALaterBatch_FailsThereEveryTimeAndNotBefore()
    {
        using var cursor = Cursor(Rows(16, failing: 9), out var get);
        var value = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            if (cursor.Position / 4 == 2)
            {
                Assert.Equal("row 9 is broken", Assert.Throws<PictureException>(() => get(ref value)).Message);
            }
            else
            {
                get(ref value);
                Assert.Equal(128, value.Length);
            }
        }
    }

    [Fact]
    public void Get_BatchWithAFailingRowPassedOver_GivesWhatFollows()
    {
        float[] Last(int failing)
        {
            using var cursor = Cursor(Rows(16, failing), out var get);
            var value = default(VBuffer<float>);
            while (cursor.MoveNext())
            {
                if (cursor.Position is 0 or 13)
                {
                    get(ref value);
                }
            }

            return [.. value.DenseValues()];
        }

        Assert.Equal(Last(-1), Last(5));
    }

    [Fact]
    public void Dispose_BeforeTheEnd_EndsReadingAndFreesTheInput()
    {
        var rows = Rows(24, failing: -1);
        using (var cursor = Cursor(rows, out _))
        {
            cursor.MoveNext();
        }

        var asked = rows.Sum(row => row.Asked);
        Thread.Sleep(50);
        Assert.InRange(asked, 0, 4);
        Assert.Equal(asked, rows.Sum(row => row.Asked));
    }

    [Fact]
    public void ReadTogether_TensorsOfSeveralShapes_GivesWhatOneByOneGives()
    {
        using var scope = NewDisposeScope();
        Tensor[] tensors = [randn(3, 5), randn(5, 3).t(), randn(4)];
        Assert.Equal(DeviceStates.Read(tensors), DeviceStates.ReadTogether(tensors));
        Assert.Equal(tensors[1].contiguous().data<float>().ToArray(), DeviceStates.ReadTogether(tensors)[1]);
    }

    private static void Eventually(Func<bool> holds) => Assert.True(SpinWait.SpinUntil(holds, TimeSpan.FromSeconds(30)));

    private static BreakableRow[] Rows(int count, int failing) =>
        [.. SceneRow.Of((count + 5) / 6).Take(count).Select((row, index) => new BreakableRow(row, index == failing ? index : null))];

    private DataViewRowCursor Cursor(IEnumerable<BreakableRow> rows, out ValueGetter<VBuffer<float>> get)
    {
        var input = _ml.Data.LoadFromEnumerable(rows);
        var options = new HiddenStateOptions { Captures = [new(Site.ResidualPost(Tower.Vision, 1), Pooling.ImageMean)], BatchSize = 4 };
        var view = _ml.Transforms.CaptureHiddenStates(_model, options).Fit(input).Transform(input);
        var cursor = view.GetRowCursor([view.Schema[State]]);
        get = cursor.GetGetter<VBuffer<float>>(view.Schema[State]);
        return cursor;
    }

    private sealed class BreakableRow(SceneRow row, int? broken)
    {
        private int _asked;

        [NoColumn]
        public int Asked => _asked;

        public string Prompt => row.Prompt;

        [RegionType]
        public RegionMask Region => row.Region;

        [PictureType]
        public Picture Picture
        {
            get
            {
                Interlocked.Increment(ref _asked);
                return broken is { } index ? throw new PictureException(string.Create(CultureInfo.InvariantCulture, $"row {index} is broken")) : row.Picture;
            }
        }
    }
}
