using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Pictures;

[Collection(HostileInputCollection.Name)]
public sealed class PictureProcessorHostileTests : IDisposable
{
    private static readonly Picture Picture = new(new PictureSize(30, 40), new byte[30 * 40 * 3]);

    private readonly string _folder = Directory.CreateTempSubdirectory("processor-").FullName;

    [Fact]
    public void Read_MutatedFile_IsReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            var path = Path.Combine(_folder, "preprocessor_config.json");
            File.WriteAllBytes(path, file);
            var processor = PictureProcessorReader.Read(_folder);
            try
            {
                processor.Geometry(Picture.Size);
                processor.Process(Picture);
            }
            catch (PictureException error)
            {
                // A picture that a processor cannot take is named by who has it.
                throw new PictureException($"{path}: {error.Message}", error);
            }
        },
        _folder,
        [typeof(PictureException)],
        [.. Directory.GetFiles(Goldens.Folder("pictures", "processors"), "preprocessor_config.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
