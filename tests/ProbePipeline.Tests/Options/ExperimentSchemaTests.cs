using ProbePipeline.Options.Keys;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Options;

/// <summary>
/// What is generated from the table of keys is committed, so that editors and readers have it without a build. After a deliberate change run these
/// tests once with PROBE_WRITE_GENERATED=1 and read the diff.
/// </summary>
public sealed class ExperimentSchemaTests
{
    [Fact]
    public void Json_CommittedSchema_IsTheSame() => RequireCommitted(ExperimentSchema.Json(), "data", "schemas", "experiment.schema.json");

    [Fact]
    public void Markdown_CommittedReference_IsTheSame() => RequireCommitted(ExperimentReference.Markdown(), "docs", "experiment-file.md");

    private static void RequireCommitted(string generated, params string[] path)
    {
        var file = Path.Combine([Repository.Root, .. path]);
        if (Environment.GetEnvironmentVariable("PROBE_WRITE_GENERATED") == "1")
        {
            File.WriteAllText(file, generated);
        }

        Assert.Equal(generated, File.Exists(file) ? File.ReadAllText(file) : $"no file {file}: run with PROBE_WRITE_GENERATED=1");
    }
}
