using ProbePipeline.Features;
using ProbePipeline.Models;
using ProbePipeline.Opening;

namespace ProbePipeline.Tests;

public sealed class OtherRowStudyTests
{
    private const string Text = """
        dataset: { name: partscenes, seed: 11, images: 30 }
        conditions:
          intact: []
          swapped: [{ patch: projector, tokens: image, from: intact, rows: other }]
          swapped-region: [{ patch: projector, tokens: region, from: intact, rows: other-mean }]
        capture: { sites: [projector], pooling: [image-mean, region-mean], chunkPictures: 10, donorSeed: 5 }
        probe: { target: part, l2: [1e-2], bootstrap: { count: 100 } }
        answer: { question: "What is the {color} part?", choices: parts }
        """;

    [Fact]
    public void Run_PatchesFromOtherRows_HoldTheDrawnRowsStatesAndSayBySeedWhose()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "report");
        var experiment = Open(folder, output);
        var plan = experiment.Plan(TestContext.Current.CancellationToken).Lines;
        Assert.Contains(plan, line => line.What == "donor rows" && line.Value.EndsWith("by seed 5; they go through the network under the donor condition as well", StringComparison.Ordinal));
        var results = experiment.Run(cancellation: TestContext.Current.CancellationToken).Results;

        using var prepared = PreparedExperiment.Open(experiment.Options, cancellation: TestContext.Current.CancellationToken);
        var rows = prepared.Rows.Rows;
        var store = FeatureStore.Open(Path.Combine(output, "features"));
        AssertOfDonors("swapped", "projector@image-mean", 0);
        AssertOfDonors("swapped-region", "projector@region-mean", 1e-5f);
        // All of the picture is another's: answers cannot be right but by chance.
        Assert.True(results.Conditions["swapped"].Answer!.TestAccuracy < results.Conditions["intact"].Answer!.TestAccuracy - 0.3);
        Assert.Equal(["projector, tokens image: the states of another picture's row under intact"], results.Conditions["swapped"].Changes);
        Assert.Equal(["projector, tokens region: the mean state of another picture's row under intact"], results.Conditions["swapped-region"].Changes);
        Assert.Equal("directly, and whatever is patched into projector from another picture under intact", results.Conditions["swapped"].RemainingPaths[2].Through);
        Assert.Equal(5, results.Provenance.Seeds["donor rows"]);

        // With another split rows would get donors of other parts: stored features are never mixed with those.
        var error = Assert.Throws<FeatureStoreException>(() => Open(folder, output, "probe.split.train=0.5").Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("donors", error.Message, StringComparison.Ordinal);

        void AssertOfDonors(string condition, string column, float tolerance)
        {
            var width = store.Manifest.Column(column).Width;
            var (own, found) = (store.Read<float>("intact", column).Chunk(width).ToArray(), store.Read<float>(condition, column).Chunk(width).ToArray());
            foreach (var (index, row) in rows.Index())
            {
                var donor = rows.IndexOf(prepared.Donors[row.Id]);
                Assert.NotEqual(row.Image, rows[donor].Image);
                Assert.Equal(prepared.Task.Rows.Split.Roles[index], prepared.Task.Rows.Split.Roles[donor]);
                Assert.All(found[index].Zip(own[donor]), number => Assert.Equal(number.Second, number.First, tolerance));
            }
        }
    }

    [Fact]
    public void Run_RegionsOfUnequalSizeTokenByToken_AreRefusedWithTheWayOut()
    {
        using var folder = new TemporaryFolder();
        var experiment = Open(folder, Path.Combine(folder.Path, "report"), "conditions.swapped=[{ patch: projector, tokens: region, from: intact, rows: other }]", "dataset.images=12");
        var error = Assert.Throws<NetworkInputException>(() => experiment.Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Matches("^patch of projector, tokens region, row [0-9]+: expected a donor state for each of the row's [0-9]+ tokens; found [0-9]+; take the donor from a row with as many, or its mean$", error.Message);
    }

    private static Experiment Open(TemporaryFolder folder, string output, params string[] overrides)
    {
        var path = Path.Combine(folder.Path, "others.yaml");
        File.WriteAllText(path, Text);
        return Experiment.Read(path, [$"model={SampleModel.Folder}", $"output={output}", .. overrides]);
    }
}
