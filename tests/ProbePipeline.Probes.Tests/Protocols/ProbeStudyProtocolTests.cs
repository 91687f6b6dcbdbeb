using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Protocols;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Protocols;

public sealed class ProbeStudyProtocolTests
{
    private static readonly ProbeSite Site = new("vision.resid_post.3", "vision", 3);

    // 60 pictures of two rows; the second row of every fourth picture is of another class.
    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, 120).Select(row => row / 2)];
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, 120).Select(row => (row / 2 % 3) + (row % 8 == 1 ? 1 : 0)).Select(label => label % 3)];
    private static readonly ImmutableArray<string> Classes = ["a", "b", "c"];
    private static readonly FeatureMatrix Features = SyntheticFeatures.Separable(Labels, 6, 3, distance: 1.5f);

    [Fact]
    public void Run_Folds_GivesEveryRowThePredictionOfTheFoldThatTestsIt()
    {
        var folds = RowSplit.Folds(Images, Labels, 4, 0.25, 1);
        ProbeOutcome[] alone = [.. folds.Select(fold => Run(Study([fold])))];

        var (result, probes, predictions, probabilities) = Run(Study(folds));

        for (var fold = 0; fold < folds.Length; fold++)
        {
            Assert.Equal(alone[fold].TestPredictions, folds[fold].Test.Select(row => predictions[row]));
            Assert.Equal(alone[fold].TestProbabilities.SelectMany(row => row), folds[fold].Test.SelectMany(row => probabilities[row]));
        }

        Assert.Equal(120, predictions.Length);
        Assert.Equal(Labels.Zip(predictions).Count(row => row.First == row.Second) / 120.0, result.TestAccuracy);
        Assert.Equal(alone.Select(outcome => (outcome.Result.L2, outcome.Result.ValidationAccuracy, outcome.Result.TestAccuracy)), result.Folds.Select(fold => (fold.L2, fold.ValidationAccuracy, fold.TestAccuracy)));
        Assert.Equal(alone.Select(outcome => outcome.Probe.L2), probes.Select(probe => probe.L2));
        Assert.Equal(
            [.. Enumerable.Range(0, 3).Select(place => folds.Zip(alone).Sum(fold => Math.Round(fold.Second.Result.Sweep[place].TestAccuracy * fold.First.Test.Length)) / 120)],
            result.Sweep.Select(point => point.TestAccuracy));
        Assert.InRange(result.TestAccuracy, result.Low, result.High);
        Assert.True(result.High > result.Low);
    }

    [Fact]
    public void Run_FoldsOfNoise_StayAtChance()
    {
        // Out of fold: the probe of a fold would know its own training rows by heart, 60 numbers for 60 rows of training.
        var study = Study(RowSplit.Folds(Images, Labels, 4, 0.25, 1));

        var result = Run(study, new FeatureMatrix(SyntheticFeatures.Noise(120 * 60, 1), 60)).Result;

        Assert.InRange(result.TestAccuracy, 0.15, 0.5);
    }

    [Fact]
    public void Run_LearningCurve_EndsInThePlainFitAndGrowsTowardsIt()
    {
        foreach (var folds in new[] { [Plain], RowSplit.Folds(Images, Labels, 4, 0.25, 1) })
        {
            var result = Run(Study(folds) with { LearningCurve = new LearningCurve([0.1, 0.3, 1], 1) }).Result;
            var counted = Run(Study(folds) with { LearningCurve = new LearningCurve([0.999], 1) }).Result;

            Assert.Equal([0.1, 0.3, 1.0], result.LearningCurve.Select(point => point.Share));
            Assert.Equal(
                (result.L2, result.ValidationAccuracy, result.TestAccuracy, result.Low, result.High),
                (result.LearningCurve[2].L2, result.LearningCurve[2].ValidationAccuracy, result.LearningCurve[2].TestAccuracy, result.LearningCurve[2].Low, result.LearningCurve[2].High));
            Assert.True(result.LearningCurve[0].TestAccuracy < result.LearningCurve[2].TestAccuracy, $"{result.LearningCurve[0]}, {result.LearningCurve[2]}");
            // All pictures by rounding: fitted again, the figures are those of the plain fit.
            Assert.Equal((result.TestAccuracy, result.L2), (counted.LearningCurve[0].TestAccuracy, counted.LearningCurve[0].L2));
            Assert.Equal([0.1, 0.3, 1.0], result.LearningCurve.Select(point => Math.Round(point.Images / result.LearningCurve[2].Images, 1)));
        }
    }

    [Fact]
    public void Splits_GrowingShares_HoldTheSmallerOnesAndLeaveTheOtherPartsAlone()
    {
        var rows = new LabeledRows(Classes, Labels, Images, Plain);
        var curve = new LearningCurve([0.01, 0.2, 0.5, 1], 7);
        RowSplit[] splits = [.. curve.Shares.Select(share => Assert.Single(curve.Splits(rows, share)))];

        Assert.Equal([1, 7, 18, 36], splits.Select(split => split.Summary.Train.Images));
        Assert.All(splits.Zip(splits.Skip(1)), pair => Assert.Subset(pair.Second.Train.ToHashSet(), pair.First.Train.ToHashSet()));
        Assert.All(splits, split => Assert.Equal(Plain.Validation, split.Validation));
        Assert.All(splits, split => Assert.Equal(Plain.Test, split.Test));
        Assert.Equal(Plain.Roles, splits[3].Roles);
        Assert.NotEqual(splits[1].Train, new LearningCurve([0.2], 8).Splits(rows, 0.2)[0].Train);
    }

    [Fact]
    public void Run_Repeats_GivesMeanAndDeviationOverThem()
    {
        RowSplit[] splits = [.. Enumerable.Range(0, 3).Select(seed => RowSplit.Shuffled(Images, seed, 0.6, 0.2))];
        var results = splits.Select(split => Run(Study([split])).Result).ToArray();

        var result = Run(Study([splits[0]]) with { Repeats = [.. splits[1..].Select(split => new LabeledRows(Classes, Labels, Images, split))] }).Result;

        double[] test = [.. results.Select(single => single.TestAccuracy)];
        Assert.Equal(test, result.Repeats!.TestAccuracies);
        Assert.True(test.Distinct().Count() > 1);
        Assert.Equal(test.Average(), result.Repeats.TestMean, 1e-12);
        Assert.Equal(Math.Sqrt(test.Sum(value => Math.Pow(value - test.Average(), 2)) / 2), result.Repeats.TestDeviation, 1e-12);
        Assert.Equal(results.Average(single => single.ValidationAccuracy), result.Repeats.ValidationMean, 1e-12);
        Assert.Equal(results[0].TestAccuracy, result.TestAccuracy);
        Assert.Null(results[0].Repeats);
    }

    [Fact]
    public void Run_Refit_IsTheChosenPenaltyOnTrainingAndValidationRows()
    {
        var plain = Run(Study([Plain]));
        var (result, probes, predictions, _) = Run(Study([Plain]) with { Refit = true });
        var probe = Assert.Single(probes);

        ImmutableArray<int> rows = [.. Plain.Train.Concat(Plain.Validation).Order()];
        var standardization = Standardization.Of(Features, rows);
        var expected = SoftmaxTrainer.Fit(standardization.Apply(Features, rows), [.. rows.Select(row => Labels[row])], 3, plain.Result.L2);
        Assert.Equal(plain.Result.L2, probe.L2);
        Assert.Equal(standardization.Mean, probe.Standardization.Mean);
        Assert.Equal(expected.Weights.SelectMany(weights => weights), probe.Weights.Weights.SelectMany(weights => weights));
        Assert.Equal(probe.Predict(Features, Plain.Test), predictions);
        Assert.Equal(Plain.Test.Zip(predictions).Count(row => Labels[row.First] == row.Second) / 24.0, result.TestAccuracy);
        // What chose stays what it was.
        Assert.Equal((plain.Result.ValidationAccuracy, plain.Result.L2), (result.ValidationAccuracy, result.L2));
        Assert.Equal(plain.Result.Sweep, result.Sweep);
    }

    [Fact]
    public void Run_SeveralControlTasks_GivesTheirMeanAndDeviation()
    {
        var rows = new LabeledRows(Classes, Labels, Images, Plain);
        ImmutableArray<ImmutableArray<int>> tasks = [.. Enumerable.Range(0, 3).Select(seed => ControlTask.Labels(rows, [.. Images.Select(image => $"{image % 6}")], seed))];
        double[] alone = [.. tasks.Select(task => Run(Study([Plain]) with { ControlTasks = [task] }).Result.ControlAccuracy!.Value)];

        var result = Run(Study([Plain]) with { ControlTasks = tasks, CodeLength = new OnlineCode { Seed = 1 } }).Result;

        Assert.True(alone.Distinct().Count() > 1);
        Assert.Equal(alone.Average(), result.ControlAccuracy!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(alone.Sum(value => Math.Pow(value - alone.Average(), 2)) / 2), result.ControlDeviation!.Value, 1e-12);
        Assert.Equal(result.TestAccuracy - result.ControlAccuracy, result.Selectivity);
        Assert.Equal(tasks.Average(task => Run(Study([Plain]) with { ControlTasks = [task], CodeLength = new OnlineCode { Seed = 1 } }).Result.CodeLength!.ControlBits!.Value), result.CodeLength!.ControlBits!.Value, 1e-9);
    }

    [Fact]
    public void Run_CodeLength_IsBelowTheUniformCodeAndTheControls()
    {
        var rows = new LabeledRows(Classes, Labels, Images, Plain);
        var code = Run(Study([Plain]) with { ControlTasks = [ControlTask.Labels(rows, [.. Images.Select(image => $"{image}")], 1)], CodeLength = new OnlineCode { Seed = 1 } }).Result.CodeLength!;

        Assert.Equal(72 * Math.Log2(3), code.UniformBits, 1e-9);
        Assert.Equal(code.BlockBits.Sum(), code.Bits, 1e-9);
        Assert.Equal(code.Cuts.Length, code.BlockBits.Length);
        Assert.Equal(code.UniformBits / code.Bits, code.Compression);
        Assert.Equal(code.UniformBits / code.ControlBits!.Value, code.ControlCompression!.Value);
        Assert.InRange(code.Compression, 1.1, 10);
        Assert.InRange(code.ControlCompression.Value, 0.3, 1.1);
    }

    [Fact]
    public void Run_PerfectlyReadableLabels_HaveAlmostAllOfTheirEntropyAsUsableInformation()
    {
        var information = Run(Study([Plain]) with { L2 = [1e-4, 1e-2] }, SyntheticFeatures.Separable(Labels, 6, 3)).Result.Information!;

        var training = Plain.Train.CountBy(row => Labels[row]).ToDictionary();
        Assert.Equal(Plain.Test.Average(row => -Math.Log2(training[Labels[row]] / 72.0)), information.LabelEntropy, 1e-12);
        Assert.Equal(information.LabelEntropy - information.ConditionalEntropy, information.Bits, 1e-12);
        Assert.InRange(information.Bits, information.LabelEntropy - 0.02, information.LabelEntropy);
        Assert.InRange(information.Bits, information.Low!.Value, information.High!.Value);
    }

    [Fact]
    public void Run_Noise_HasNoUsableInformationUnderTheStrongestPenalty()
    {
        var information = Run(Study([Plain]) with { L2 = [1e-4, 1000] }, new FeatureMatrix(SyntheticFeatures.Noise(120 * 6, 1), 6)).Result.Information!;

        // Weights vanish and class frequencies are left, which the least validation log loss prefers.
        Assert.InRange(information.Bits, -0.01, 0.01);
    }

    [Fact]
    public void Run_RightClassWithProbabilityZero_SaysThatUsableInformationIsInfinitelyBad()
    {
        // One test row lies so far on the wrong side that its probability underflows.
        var values = SyntheticFeatures.Separable(Labels, 6, 3).Rows is var rows ? Enumerable.Range(0, rows).SelectMany(row => SyntheticFeatures.Separable(Labels, 6, 3)[row].ToArray()).ToArray() : [];
        values[(Plain.Test[0] * 6) + ((Labels[Plain.Test[0]] + 1) % 3)] = 1e30f;

        var information = Run(Study([Plain]), new FeatureMatrix(values, 6)).Result.Information!;

        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity, null, null), (information.ConditionalEntropy, information.Bits, information.Low, information.High));
    }

    [Fact]
    public void Run_ConstantFeatures_SaysTheMajorityAndThatItDoes()
    {
        ImmutableArray<int> labels = [.. Enumerable.Range(0, 120).Select(row => row % 4 == 3 ? 1 : row % 7 == 5 ? 2 : 0)];
        var rows = new LabeledRows(Classes, labels, Images, Plain);
        var study = Study([Plain]) with { Rows = rows };

        var (result, _, predictions, _) = Run(study, new FeatureMatrix([.. Enumerable.Repeat(3f, 120 * 4)], 4));

        Assert.All(predictions, prediction => Assert.Equal(rows.Majority, prediction));
        Assert.Equal(rows.MajorityAccuracy, result.TestAccuracy);
        Assert.Equal(["All training rows have the same vector: the probe can only say the class that is most frequent in training."], result.Remarks);
        Assert.Empty(Run(study).Result.Remarks);
    }

    [Fact]
    public void Run_ConstantFeaturesInSomeFolds_SaysInHowMany()
    {
        var folds = RowSplit.Folds(Images, Labels, 4, 0.25, 1);
        var row = Enumerable.Range(0, 120).First(row => folds.Count(fold => fold.Roles[row] == SplitRole.Train) == 2);
        var values = new float[120 * 4];
        values[row * 4] = 1;

        var result = Run(Study(folds), new FeatureMatrix(values, 4)).Result;

        // The one row that differs trains in two folds, is tested in one and chosen on in another.
        Assert.Equal(["In 2 of 4 folds all training rows have the same vector: there the probe can only say the class that is most frequent in training."], result.Remarks);
    }

    [Fact]
    public void FitsPerSite_EverythingAskedFor_CountsWhatTheTrainerIsGiven()
    {
        var rows = new LabeledRows(Classes, Labels, Images, RowSplit.Folds(Images, Labels, 4, 0.25, 1));
        var counting = new CountingTrainer();
        var study = Study(rows.Folds) with
        {
            Trainer = counting,
            ControlTasks = [ControlTask.Labels(rows, [.. Images.Select(image => $"{image % 6}")], 1)],
            LearningCurve = new LearningCurve([0.5, 1], 1),
            CodeLength = new OnlineCode { Seed = 1 },
            Repeats = [new LabeledRows(Classes, Labels, Images, RowSplit.Folds(Images, Labels, 4, 0.25, 2))],
        };

        Run(study);

        Assert.Equal(study.FitsPerSite, counting.Fits);
    }

    [Fact]
    public void Run_EverythingTwiceAndInParallel_IsTheSameToTheBit()
    {
        var rows = new LabeledRows(Classes, Labels, Images, RowSplit.Folds(Images, Labels, 3, 0.25, 1));
        var study = Study(rows.Folds) with
        {
            ControlTasks = [ControlTask.Labels(rows, [.. Images.Select(image => $"{image % 6}")], 1)],
            Refit = true,
            CodeLength = new OnlineCode { Seed = 1 },
            Repeats = [new LabeledRows(Classes, Labels, Images, RowSplit.Folds(Images, Labels, 3, 0.25, 2))],
        };

        var alone = JsonSerializer.Serialize(Run(study));
        var parallel = new string[4];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, place => parallel[place] = JsonSerializer.Serialize(Run(study)));

        Assert.All(parallel, other => Assert.Equal(alone, other));
    }

    private static RowSplit Plain { get; } = RowSplit.ByOrder(Images, 0.6, 0.2);

    private static ProbeOutcome Run(ProbeStudy study, FeatureMatrix? features = null) => study.Run(Site, features ?? Features, TestContext.Current.CancellationToken);

    private static ProbeStudy Study(ImmutableArray<RowSplit> folds)
    {
        var rows = new LabeledRows(Classes, Labels, Images, folds);
        return new ProbeStudy { Rows = rows, L2 = [1e-1, 1e-3, 1e-2], Bootstrap = new ClusterBootstrap([.. rows.Test.Select(row => Images[row])], 200, 1) };
    }

    private sealed class CountingTrainer : IProbeTrainer
    {
        private readonly LbfgsTrainer _trainer = new();

        public string Description => _trainer.Description;

        public long Fits { get; private set; }

        public ImmutableArray<ImmutableArray<LinearWeights>> Fit(ImmutableArray<TrainingSet> sets, CancellationToken cancellation)
        {
            Fits += sets.Sum(set => set.Problems.Length);
            return _trainer.Fit(sets, cancellation);
        }
    }
}
