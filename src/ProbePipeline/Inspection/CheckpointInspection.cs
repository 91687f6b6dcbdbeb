using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Opening;

namespace ProbePipeline.Inspection;

/// <summary>A checkpoint folder opened for looking: the network, mapped and not copied, and the processor and tokenizer beside it.</summary>
public sealed class CheckpointInspection : IDisposable
{
    private CheckpointInspection(string folder, Network network)
    {
        Folder = folder;
        Network = network;
        Processor = Part(() => PictureProcessorReader.Read(folder), needed: network.Vision is not null);
        Tokenizer = Part(() => TextTokenizer.Load(Path.Combine(folder, "tokenizer.json")), needed: network.Language is not null);
        Summary = CheckpointSummary.Of(this);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What turns pictures into tiles; null where the network reads no pictures or the folder has none that is known.</summary>
    public PictureProcessor? Processor { get; }

    /// <summary>What turns text into tokens; null where the network reads no text or the folder has none that is known.</summary>
    public TextTokenizer? Tokenizer { get; }

    /// <summary>Why a part is missing: the network can be run on prepared inputs, but not on pictures or prompts.</summary>
    public ImmutableArray<string> Problems { get; private set; } = [];

    /// <summary>All of it in words.</summary>
    public CheckpointSummary Summary { get; }

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">A checkpoint folder as Hugging Face transformers writes it, or a repository of the hub.</param>
    /// <param name="device">Where the network is to run: auto, cpu, cuda or cuda:N.</param>
    /// <exception cref="Models.Checkpoints.CheckpointException">The folder is not usable; the message says why.</exception>
    /// <exception cref="NetworkInputException">There is no such device.</exception>
    public static CheckpointInspection Open(string folder, string device = "cpu")
    {
        var found = ModelFolder.Of(folder);
        return new CheckpointInspection(found, Network.Load(found, new NetworkOptions { Device = device }));
    }

    /// <summary>How a picture and a prompt lie in the language model.</summary>
    /// <param name="picturePath">A picture's file; null: the prompt has no picture.</param>
    /// <param name="prompt">The prompt, with a placeholder where the picture stands.</param>
    /// <exception cref="PictureException">The picture is not usable.</exception>
    /// <exception cref="PromptException">The prompt does not hold as many placeholders as there are pictures.</exception>
    /// <exception cref="InspectionException">The folder lacks the processor or tokenizer for it.</exception>
    public PromptInspection Inspect(string? picturePath, string prompt)
    {
        var tokenizer = Tokenizer ?? throw Missing("a prompt", "tokenizer");
        var picture = picturePath is null ? null : PictureDecoder.Decode(picturePath);
        ImageTokenLayout[] layouts = picture is null ? [] : [Layout(picture)];
        return new PromptInspection(this, picture, layouts, PromptTokens.Encode(tokenizer, prompt, layouts, Network.ImageTokenId));
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private InspectionException Missing(string input, string part) =>
        new($"{Folder}: {input} was given, but there is no {part} for it: {string.Join(" ", Problems.DefaultIfEmpty($"a {Network.ModelType} network needs none"))}");

    private ImageTokenLayout Layout(Picture picture)
    {
        var processor = Processor ?? throw Missing("a picture", "picture processor");
        return processor.Layout(picture.Size, new VisionTokens(Network.Vision!.PatchSize, Network.KeepsClassTokens, Network.MergedSide));
    }

    private T? Part<T>(Func<T> read, bool needed)
        where T : class
    {
        try
        {
            return needed ? read() : null;
        }
        catch (Exception error) when (error is PictureException or TokenizerException)
        {
            Problems = Problems.Add(error.Message);
            return null;
        }
    }
}
