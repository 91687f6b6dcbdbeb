using System.Globalization;
using System.Runtime.InteropServices;
using ProbePipeline.Benchmarks.Checkpoints;
using ProbePipeline.Benchmarks.Costs;
using ProbePipeline.Benchmarks.Forwards;
using ProbePipeline.Benchmarks.Ratios;
using ProbePipeline.Benchmarks.Statistics;
using ProbePipeline.Benchmarks.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// What a benchmark leaves in the temporary folder is too large to stay there, so the usual signals end it in order.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
try
{
    switch (args)
    {
        case ["checkpoints", "--size", "7b"]:
            CheckpointBenchmark.Run(decoderLayers: 32, stop.Token);
            return 0;
        case ["checkpoints", "--size", "1b"]:
            CheckpointBenchmark.Run(decoderLayers: 2, stop.Token);
            return 0;
        case ["forwards", var type, var conditions, var pictures, var questions, .. var rest] when rest is [] or ["--device", _]:
            ForwardBenchmark.Run(
                Enum.Parse<TorchSharp.torch.ScalarType>(type), Number(conditions), Number(pictures), Number(questions), rounds: 5, stop.Token, rest is [_, var device] ? device : "cpu");
            return 0;
        case ["costs"]:
            CostBenchmark.Run(rounds: 5, stop.Token);
            return 0;
        case ["ratios", .. var rest] when rest is [] or ["--update"]:
            return RatioBenchmark.Run(rounds: 5, update: rest is ["--update"], stop.Token) ? 0 : 1;
        case ["statistics"]:
            BootstrapBenchmark.Run(stop.Token);
            return 0;
        case ["trainers"]:
            TrainerBenchmark.Run(new RandomSite(10_000, 1024, 20), stop.Token);
            return 0;
        case ["sites", var sites]:
            TrainerBenchmark.RunSites(Number(sites), stop.Token);
            return 0;
        default:
            Console.Error.WriteLine("""
                Usage:
                  checkpoints --size 7b|1b   memory and speed of mapped and converted weights; writes 14 or 2 GB to the temporary folder
                  costs                      what the cost model predicts of the benchmark model's forwards, as a share of what they take; writes 0.8 GB
                  forwards TYPE CONDITIONS PICTURES QUESTIONS [--device DEVICE]
                                             forwards of the benchmark model (Float32 or BFloat16, 1 to 6 conditions) as a share of the device's matrix products
                  ratios [--update]          what a change must not lower, beside what is committed in ratios.json, or written there; writes 0.8 GB
                  sites NUMBER               the batched trainer on so many sites of 10 000 x 1 024 side by side, beside what scikit-learn takes
                  statistics                 time of intervals and tests of 5 000 rows
                  trainers                   ML.NET's trainer and the batched one on a site of 10 000 x 1 024
                """);
            return 2;
    }
}
catch (InvalidDataException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped; the temporary folder is gone.");
    return 130;
}

int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
