using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;

namespace ProbePipeline.Inspection;

/// <summary>A prompt and its picture as the language model reads them.</summary>
public sealed class PromptInspection
{
    private readonly CheckpointInspection _checkpoint;
    private readonly Picture? _picture;
    private readonly ImmutableArray<ImageTokenLayout> _layouts;

    internal PromptInspection(CheckpointInspection checkpoint, Picture? picture, IEnumerable<ImageTokenLayout> layouts, ImmutableArray<int> tokenIds)
    {
        _checkpoint = checkpoint;
        _picture = picture;
        _layouts = [.. layouts];
        TokenIds = tokenIds;
        Spans = [.. TokenSpan.Of(tokenIds, checkpoint.Network, checkpoint.Tokenizer!, _layouts.SelectMany(layout => layout.Tokens))];
    }

    /// <summary>The prompt's ids, placeholders repeated for every image token.</summary>
    public ImmutableArray<int> TokenIds { get; }

    /// <summary>How many of them are image tokens.</summary>
    public int ImageTokenCount => _layouts.Sum(layout => layout.Count);

    /// <summary>How many tiles enter the vision tower.</summary>
    public int TileCount => _layouts.Sum(layout => layout.TileCount);

    /// <summary>The prompt in runs of tokens of one kind.</summary>
    public ImmutableArray<TokenSpan> Spans { get; }

    /// <summary>The model's own, greedy answer.</summary>
    /// <param name="maxNewTokens">The longest answer, in tokens.</param>
    public string Answer(int maxNewTokens)
    {
        var tokenizer = _checkpoint.Tokenizer!;
        ImmutableArray<PictureInput> pictures = _picture is null ? [] : [new(_checkpoint.Processor!.Process(_picture).PixelsOf(_layouts[0]), _layouts[0])];
        var options = new GenerationOptions
        {
            MaxNewTokens = maxNewTokens,
            StopTokens = AnswerEnds.In(tokenizer),
        };
        var answer = _checkpoint.Network.Generate(new Batch([new PromptRow(TokenIds, pictures)]), options)[0];
        return tokenizer.Decode(answer, skipSpecialTokens: true).Trim();
    }
}
