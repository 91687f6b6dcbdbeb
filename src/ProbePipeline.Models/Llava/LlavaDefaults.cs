using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Llava;

/// <summary>What the configuration class of a LLaVA holds when a key is left out.</summary>
/// <param name="TowerType"><c>model_type</c> of the vision tower.</param>
/// <param name="Tower">The tower where there is no <c>vision_config</c> at all; null: its own class's defaults.</param>
/// <param name="DecoderType"><c>model_type</c> of the decoder.</param>
/// <param name="FeatureLayer"><c>vision_feature_layer</c>.</param>
/// <param name="FeatureSelection"><c>vision_feature_select_strategy</c>.</param>
/// <param name="ImageToken">The placeholder's id.</param>
internal sealed record LlavaDefaults(string TowerType, VisionTowerConfig? Tower, string DecoderType, int FeatureLayer, string FeatureSelection, int ImageToken);
