using ProbePipeline.Probes.Results;

namespace ProbePipeline.Tests;

/// <summary>A small experiment whose conditions put means in place of keys, run once for all tests of what it gives.</summary>
public sealed class MeanAblationStudy : WrittenStudy
{
    private const string Text = """
        dataset: { name: partscenes, seed: 11, images: 30 }
        conditions:
          intact: []
          vision-cut: [{ tower: vision, from: all, to: all }]
          vision-mean: [{ tower: vision, from: all, to: all, replace: mean }]
          both-mean: [{ tower: vision, from: all, to: all, layers: [1, 2], replace: mean }, { tower: language, from: last, to: image, replace: mean }]
          from-mean: [{ patch: projector, tokens: image, from: vision-mean }]
        sweeps:
          window: { block: { tower: language, from: last, to: image, replace: mean }, window: 3, stride: 3 }
        capture: { sites: [projector, language.resid_post.2], chunkPictures: 10 }
        probe: { target: part, l2: [1e-2], bootstrap: { count: 100 } }
        answer: { question: "What is the {color} part?", choices: parts }
        """;

    public MeanAblationStudy() : base(Text) => Results = Open().Run().Results;

    public ExperimentResults Results { get; }
}
