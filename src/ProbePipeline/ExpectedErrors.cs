using ProbePipeline.Applying;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Inspection;
using ProbePipeline.Models;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Masks;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Reports;

namespace ProbePipeline;

/// <summary>Errors that say what a user can mend. Anything else is a fault of the program and should show itself with its trace.</summary>
public static class ExpectedErrors
{
    /// <summary>An error's message as it may be shown and logged: without tokens and passwords.</summary>
    public static string MessageOf(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return WithoutSecrets(error.Message);
    }

    /// <summary>A text without tokens and passwords.</summary>
    public static string WithoutSecrets(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Redaction.Of(text);
    }

    /// <summary>Whether an error's message is meant for the user.</summary>
    public static bool Contains(Exception error) => error is CheckpointException or PictureException or TokenizerException or PromptException
        or InspectionException or NetworkInputException or MaskException or RegionException or DatasetException or CaptureException or FeatureStoreException
        or ProbeException or ResultsException or ExperimentFileException or ExperimentException or ApplyException;
}
