using System.CommandLine;
using ProbePipeline.Cli;
using ProbePipeline.Cli.Apply;
using ProbePipeline.Cli.Completion;
using ProbePipeline.Cli.Dataset;
using ProbePipeline.Cli.Features;
using ProbePipeline.Cli.Init;
using ProbePipeline.Cli.Inspect;
using ProbePipeline.Cli.Merge;
using ProbePipeline.Cli.Report;
using ProbePipeline.Cli.Run;
using ProbePipeline.Cli.Slurm;
using ProbePipeline.Cli.Verify;

var root = new RootCommand("Where inside a vision-language model can a fact about a picture be read, and does the model still answer when its attention is cut?")
{
    InitCommand.Create(),
    RunCommand.Create(),
    MergeCommand.Create(),
    SlurmCommand.Create(),
    InspectCommand.Create(),
    DatasetCommand.Create(),
    FeaturesCommand.Create(),
    ReportCommand.Create(),
    VerifyCommand.Create(),
    ApplyCommand.Create(),
    CompletionCommand.Create(),
};
return CommandLine.Run(root, args);
