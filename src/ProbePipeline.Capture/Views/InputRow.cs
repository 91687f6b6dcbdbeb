using Microsoft.ML;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Views;

/// <summary>Reads what a network takes of the row at which a cursor stands.</summary>
internal sealed class InputRow
{
    private readonly ValueGetter<Picture> _picture;
    private readonly ValueGetter<RegionMask>? _region;
    private readonly ValueGetter<ReadOnlyMemory<char>> _prompt;
    private readonly PromptRowReader _reader;

    public InputRow(DataViewRowCursor cursor, InputColumns columns, ProbedModel model)
    {
        _reader = new PromptRowReader(model);
        _picture = cursor.GetGetter<Picture>(cursor.Schema[columns.Picture]);
        _prompt = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[columns.Prompt]);
        _region = columns.Region is { } region ? cursor.GetGetter<RegionMask>(cursor.Schema[region]) : null;
    }

    public PromptRow Read()
    {
        Picture? picture = null;
        RegionMask? region = null;
        var prompt = default(ReadOnlyMemory<char>);
        _picture(ref picture!);
        _prompt(ref prompt);
        _region?.Invoke(ref region!);
        return _reader.Read(picture, region, prompt.ToString());
    }
}
