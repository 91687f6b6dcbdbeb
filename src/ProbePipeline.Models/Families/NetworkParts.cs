using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>What a checkpoint holds.</summary>
internal sealed record NetworkParts(VisionTower? VisionTower, IPictureProjection? Projection, Decoder? Decoder, int? ImageTokenId);
