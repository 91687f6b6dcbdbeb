using System.Collections.Immutable;
using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of <c>probe</c> and of the sections in it.</summary>
internal static class ProbeKeys
{
    private const string Share = "a share above 0 and below 1, such as 0.6";

    private static readonly NumberForm<double> Shares = new(Share, 0, 1) { AboveMinimum = true };

    private static readonly SectionForm<SplitOptions> Split = new(
        () => new SplitOptions(),
        new Key<SplitOptions, string>(
            "by", "What is dealt out: pictures, each with all its rows.", new ChoiceForm<string>(("image", "image")), _ => "image", (options, _) => options),
        new Key<SplitOptions, SplitOrder>(
            "order", "The order in which pictures are dealt out: the dataset's, or a seeded shuffle. `given`: they are not, the dataset itself says what each is for; "
                + "where it says nothing of validation, a share of the training pictures, `validation` to `train`, is drawn for it.",
            new ChoiceForm<SplitOrder>(("index", SplitOrder.Index), ("random", SplitOrder.Random), ("given", SplitOrder.Given)), options => options.Order, (options, order) => options with { Order = order }),
        new Key<SplitOptions, long>("seed", "Seed of the random order.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }),
        new Key<SplitOptions, double>("train", "Share of pictures to train on.", Shares, options => options.Train, (options, share) => options with { Train = share }),
        new Key<SplitOptions, double>(
            "validation", "Share of pictures to choose penalty and layer on. What is left is the test part.",
            Shares, options => options.Validation, (options, share) => options with { Validation = share }),
        ProtocolKeys.Folds,
        ProtocolKeys.Repeats);

    private static readonly SectionForm<ControlOptions> Control = new(
        () => new ControlOptions { Type = [] },
        new Key<ControlOptions, ImmutableArray<string>>(
            "type", "The fields of a row that together make its type; every type gets one random label for good. Never the target itself.",
            new ListForm<string>(ExperimentKeys.Field), options => options.Type, (options, fields) => options with { Type = fields })
        { Required = true },
        new Key<ControlOptions, long>("seed", "Seed of the labels.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }),
        ProtocolKeys.ControlSeeds);

    private static readonly SectionForm<BootstrapOptions> Bootstrap = new(
        () => new BootstrapOptions(),
        new Key<BootstrapOptions, int>(
            "count", "Number of resamples.",
            new NumberForm<int>("a whole number from 100 to 100000", 100, 100_000), options => options.Count, (options, count) => options with { Count = count }),
        new Key<BootstrapOptions, long>("seed", "Seed of the resamples.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }));

    /// <summary>Orders of pictures.</summary>
    public static ChoiceForm<SplitOrder> Orders => new(("index", SplitOrder.Index), ("random", SplitOrder.Random));

    public static SectionForm<ProbeOptions> Section { get; } = new(
        () => new ProbeOptions(),
        new Key<ProbeOptions, string>(
            "target", "The field of a row whose classes are predicted.", ExperimentKeys.Field, options => options.Target, (options, target) => options with { Target = target }),
        new Key<ProbeOptions, TrainerKind>(
            "trainer", "What trains the probes: `lbfgs` is ML.NET's L-BFGS; `batched` solves all penalties and tasks of a site at once by preconditioned L-BFGS on tensors, on the device of the network; `auto` takes the latter from 100 000 numbers (training rows x the widest site) on, where it is several times as fast. Both end at the same optimum.",
            new ChoiceForm<TrainerKind>(("auto", TrainerKind.Auto), ("lbfgs", TrainerKind.Lbfgs), ("batched", TrainerKind.Batched)), options => options.Trainer, (options, trainer) => options with { Trainer = trainer }),
        new Key<ProbeOptions, double>(
            "tolerance", "How far above its minimum the objective of a probe may end, as `batched` estimates it; `lbfgs` comes nearer anyway. At `1e-6`, half of what scikit-learn leaves by default, it takes about two thirds of the time; what probes say about states unlike those they were trained on moves most.",
            new NumberForm<double>("a number from 1e-8 to 1e-4", 1e-8, 1e-4), options => options.Tolerance, (options, tolerance) => options with { Tolerance = tolerance }),
        new Key<ProbeOptions, ImmutableArray<double>>(
            "l2", "L2 weights on the mean loss; the one with the highest validation accuracy is taken, of equals the largest.",
            new ListForm<double>(new NumberForm<double>("positive numbers such as 1e-4", 0, double.MaxValue) { AboveMinimum = true }),
            options => options.L2, (options, weights) => options with { L2 = [.. weights.Order()] }),
        new Key<ProbeOptions, SplitOptions>(
            "split", "Which pictures train, choose and test.", Split, options => options.Split, (options, split) => options with { Split = split }),
        ProtocolKeys.Refit,
        ProtocolKeys.LearningCurve,
        ProtocolKeys.CodeLength,
        new OptionalKey<ProbeOptions, ControlOptions>(
            "control", "A control task, which tells what a probe learns by heart (Hewitt and Liang 2019).",
            Control, options => options.Control, (options, control) => options with { Control = control }),
        new Key<ProbeOptions, BootstrapOptions>(
            "bootstrap", "The cluster bootstrap over pictures that gives 95 % intervals.",
            Bootstrap, options => options.Bootstrap, (options, bootstrap) => options with { Bootstrap = bootstrap }),
        TargetKeys.Targets,
        BaselineKeys.Baselines,
        GeometryKeys.CrossCondition,
        GeometryKeys.Erasure,
        GeometryKeys.Directions,
        new Key<ProbeOptions, bool>(
            "save", "Whether the probes are written to `probes/probes.safetensors` in the output folder, for `probe apply`. They take a small part of what the features take.",
            new ChoiceForm<bool>(("true", true), ("false", false)), options => options.Save, (options, save) => options with { Save = save }),
        new Key<ProbeOptions, bool>(
            "maps", "Whether the report shows what the first condition's best probe reads at every patch of the sample pictures: a forward more for each of them, whose last digits may depend on the number of threads.",
            new ChoiceForm<bool>(("true", true), ("false", false)), options => options.Maps, (options, maps) => options with { Maps = maps }));
}
