namespace ProbePipeline.Tests.Sharding;

/// <summary>A small experiment that has every stage: plain conditions, erasers and means that are fitted on them, an untrained network, probes. It was run as a whole.</summary>
public sealed class ShardedStudy : WrittenStudy
{
    private const string Text = """
        dataset: { name: partscenes, seed: 11, images: 30 }
        conditions:
          intact: []
          vision-cut: [{ tower: vision, from: all, to: all }]
          erased: [{ erase: part, at: projector, tokens: region }]
          vision-mean: [{ tower: vision, from: all, to: all, replace: mean }]
        capture: { sites: [projector, language.resid_post.2, language.resid_post.3], chunkPictures: 6 }
        probe: { target: part, l2: [1e-2], control: { type: [color, shape] }, bootstrap: { count: 100 }, baselines: { randomModel: true } }
        answer: { question: "What is the {color} part?", choices: parts }
        """;

    public ShardedStudy() : base(Text)
    {
        Open().Run();
        // The output's path is in the results: what is done by shards goes to the same one.
        Directory.Move(Output, Whole);
    }

    /// <summary>What the run on one machine has written.</summary>
    public string Whole => this["whole"];

    public static Dictionary<string, string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
}
