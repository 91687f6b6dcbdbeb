using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Llava;
using static TorchSharp.torch;

namespace ProbePipeline.Models.LlavaNext;

/// <summary>LLaVA-NeXT (v1.6): LLaVA over the tiles of a picture and its overview, with a learned end to every row of patches.</summary>
internal sealed class LlavaNextFamily : LlavaFamily
{
    public override string ModelType => "llava_next";

    protected override Tensor? RowEnd(WeightReader weights, int width) => weights.Tensor("image_newline", width);
}
