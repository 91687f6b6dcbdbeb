using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Testing;

namespace ProbePipeline.Features.Tests;

public sealed class FeatureStoreTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void View_StoreOfTwoChunks_StreamsEveryRowOfTheCondition()
    {
        var view = _temporary.Full().View("cut/all", "projector");
        Assert.Equal(["Id", "Image", "part", "projector"], view.Schema.Select(column => column.Name));
        Assert.Equal(5, view.GetRowCount());
        Assert.Equal(TemporaryStore.Rows.Select(row => row.Id), view.GetColumn<string>("Id"));
        Assert.Equal([0, 0, 1, 1, 2], view.GetColumn<int>("Image"));
        Assert.Equal("roof, left", view.GetColumn<string>("part").ElementAt(3));
        Assert.Equal([[100, 101, 102], [110, 111, 112], [120, 121, 122], [130, 131, 132], [140, 141, 142]], view.GetColumn<float[]>("projector"));
    }

    [Fact]
    public void View_ColumnWithSlotNames_CarriesThem()
    {
        var column = _temporary.Full().View("intact").Schema["lens.rank"];
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        Assert.Equal(["layer 0", "layer 1"], names.DenseValues().Select(name => $"{name}"));
        Assert.Equal([[0, 1], [10, 11], [20, 21], [30, 31], [40, 41]], _temporary.Begin().View("intact").GetColumn<int[]>("lens.rank"));
    }

    [Fact]
    public void View_FeedsATrainer()
    {
        var ml = new MLContext(seed: 1);
        var view = _temporary.Full().View("intact", "projector");
        var model = ml.Transforms.Conversion.MapValueToKey("Label", "part").Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "projector")).Fit(view);
        Assert.Equal(5, model.Transform(view).GetColumn<uint>("PredictedLabel").Count());
    }

    [Fact]
    public void Begin_SameManifest_ContinuesAndKeepsWhatIsFinished()
    {
        _temporary.Begin().Write(1, "intact", TemporaryStore.Values(1, "intact"));
        var again = _temporary.Begin();
        Assert.True(again.IsFinished(1, "intact"));
        Assert.False(again.IsFinished(0, "intact"));
        Assert.False(again.IsFinished(1, "cut/all"));
        Assert.Equal([30f, 31, 32, 40, 41, 42], again.Read<float>(1, "intact", "projector"));
    }

    [Fact]
    public void Begin_OtherInputs_IsRefusedWithWhatChanged()
    {
        _temporary.Full();
        var changed = TemporaryStore.Manifest with { Inputs = new() { ["model"] = "abc", ["dataset"] = "xyz", ["seed"] = "1" }, Conditions = ["intact"] };
        var error = Assert.Throws<FeatureStoreException>(() => FeatureStore.Begin(_temporary.Folder, changed, TemporaryStore.Rows));
        Assert.Equal(
            $"{_temporary.Folder}: the features there were made from something else: dataset was def and is xyz; seed was not there and is 1; "
            + "conditions were intact, cut/all and are intact. Choose another output, or delete that folder to make the features anew",
            error.Message);
        Assert.Equal(5, _temporary.Begin().View("intact").GetColumn<string>("Id").Count());
    }

    [Fact]
    public void Begin_OtherRows_IsRefused()
    {
        _temporary.Full();
        var rows = TemporaryStore.Rows.SetItem(4, TemporaryStore.Rows[4] with { Attributes = ["door"] });
        Assert.Contains("rows: others than before", Assert.Throws<FeatureStoreException>(() => FeatureStore.Begin(_temporary.Folder, TemporaryStore.Manifest, rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ValuesThatDoNotFit_LeavesNoFile()
    {
        var store = _temporary.Begin();
        var values = TemporaryStore.Values(0, "intact");
        values.Set("lens.rank", [1, 2, 3]);
        Assert.Equal(
            "column lens.rank: expected 3 x 2 numbers of type Int32; found 3 of type Int32",
            Assert.Throws<FeatureStoreException>(() => store.Write(0, "intact", values)).Message);
        Assert.Equal(["manifest.json", "rows.jsonl"], Directory.GetFiles(_temporary.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Read_MissingChunk_NamesIt()
    {
        var store = _temporary.Full();
        var path = _temporary.Chunk(1, 0);
        File.Delete(path);
        Assert.Equal($"{path}: this chunk is missing; run the experiment again to fill it in", Assert.Throws<FeatureStoreException>(() => store.Read<float>("intact", "projector")).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_TornOrForeignChunk_IsRefused(bool torn)
    {
        var store = _temporary.Full();
        var path = _temporary.Chunk(0, 0);
        var bytes = File.ReadAllBytes(path);
        bytes[20]++;
        File.WriteAllBytes(path, torn ? bytes[..^1] : bytes);
        Assert.StartsWith($"{path}: expected a chunk of 3 rows as the manifest describes it, {bytes.Length} bytes; found a file of",
            Assert.Throws<FeatureStoreException>(() => store.Read<float>(0, "intact", "projector")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyByteOfAChunkChanged_IsRefusedByNameWithWhatToDo()
    {
        var store = _temporary.Full();
        var path = _temporary.Chunk(0, 0);
        var whole = File.ReadAllBytes(path);
        for (var place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            File.WriteAllBytes(path, changed);
            var error = Assert.Throws<FeatureStoreException>(() => (store.Read<float>(0, "intact", "projector"), store.Read<int>(0, "intact", "lens.rank")));
            Assert.StartsWith($"{path}: expected ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("delete it and run the experiment again to make it anew", error.Message, StringComparison.Ordinal);
        }

        Assert.Contains("expected column lens.rank with the checksum ", Assert.Throws<FeatureStoreException>(() => store.Read<int>(0, "intact", "lens.rank")).Message, StringComparison.Ordinal);
        // The other column is whole, and can be read.
        Assert.Equal(9, store.Read<float>(0, "intact", "projector").Length);
    }

    [Fact]
    public void Without_SomeRows_ReadsTheOthersEverywhere()
    {
        var less = _temporary.Full().Without(new HashSet<int> { 1, 3 });
        Assert.Equal(["row-0", "row-2", "row-4"], less.Rows.Select(row => row.Id));
        Assert.Equal([2, 1], less.Manifest.ChunkRows);
        Assert.Equal([0f, 1, 2, 20, 21, 22, 40, 41, 42], less.Read<float>("intact", "projector"));
        Assert.Equal([140, 141], less.Read<int>(1, "cut/all", "lens.rank"));
        var view = less.View("cut/all", "projector");
        Assert.Equal(["row-0", "row-2", "row-4"], view.GetColumn<string>("Id"));
        Assert.Equal([[100, 101, 102], [120, 121, 122], [140, 141, 142]], view.GetColumn<float[]>("projector"));
        // On the disk all of them are there.
        Assert.Equal(_temporary.Begin().Hash(), less.Hash());
        Assert.Equal(5, _temporary.Begin().Rows.Length);
    }

    [Fact]
    public void Hash_AnyNumberOrInputChanged_IsAnother()
    {
        var store = _temporary.Full();
        var hash = store.Hash();
        store.Note(new BatchSizeNote(2, "memory ran out", IsChosen: false));
        Assert.Equal(hash, FeatureStore.Open(_temporary.Folder).Hash());
        store.Write(0, "intact", TemporaryStore.Values(0, "cut/all"));
        Assert.NotEqual(hash, store.Hash());
    }

    [Fact]
    public void Faults_Store_NamesWhatIsMissingDamagedOrForeign()
    {
        var store = _temporary.Full();
        Assert.Empty(store.Faults());
        var (missing, damaged, foreign) = (_temporary.Chunk(0, 1), _temporary.Chunk(1, 0), Path.Combine(_temporary.Folder, "chunk-00002.0-intact.safetensors"));
        File.Copy(damaged, foreign);
        File.Delete(missing);
        var bytes = File.ReadAllBytes(damaged);
        bytes[^1] ^= 1;
        File.WriteAllBytes(damaged, bytes);
        var faults = store.Faults().ToArray();
        Assert.Equal(3, faults.Length);
        Assert.StartsWith($"{missing}: this chunk is missing", faults[0], StringComparison.Ordinal);
        Assert.StartsWith($"{damaged}: expected column lens.rank", faults[1], StringComparison.Ordinal);
        Assert.StartsWith($"{foreign}: expected chunks that the manifest describes", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherChunkInItsPlace_IsRefused()
    {
        var store = _temporary.Full();
        File.Move(_temporary.Chunk(0, 0), _temporary.Chunk(1, 0), overwrite: true);
        Assert.Contains("expected a chunk of 2 rows", Assert.Throws<FeatureStoreException>(() => store.Read<float>(1, "intact", "projector")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_FileChanged_IsRefusedByName()
    {
        _temporary.Full();
        var path = Path.Combine(_temporary.Folder, "rows.jsonl");
        File.WriteAllText(path, File.ReadAllText(path).Replace("wheel", "wheal", StringComparison.Ordinal));
        Assert.StartsWith($"{path}: expected the rows that the manifest describes", Assert.Throws<FeatureStoreException>(() => FeatureStore.Open(_temporary.Folder).Rows).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.StartsWith($"{path}: the rows of a feature store cannot be read", Assert.Throws<FeatureStoreException>(() => FeatureStore.Open(_temporary.Folder).Rows).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_AfterAProcessWasKilled_RemovesWhatItLeftUnfinished()
    {
        _temporary.Full();
        var left = _temporary.Chunk(0, 0) + ".1234.tmp";
        File.WriteAllText(left, "half");
        _temporary.Begin();
        Assert.False(File.Exists(left));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Begin_LeftoverThatCannotBeRemoved_GoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "a folder is closed by permissions, which do not bind everybody");
        _temporary.Full();
        var left = _temporary.Chunk(0, 0) + ".1234.tmp";
        File.WriteAllText(left, "half");
        File.SetUnixFileMode(_temporary.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Equal(TemporaryStore.Rows.Select(row => row.Id), _temporary.Begin().Rows.Select(row => row.Id));
            Assert.True(File.Exists(left));
        }
        finally
        {
            File.SetUnixFileMode(_temporary.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Join_StoreOfSomeChunks_TakesWhatIsMissingAndNothingElse(bool keep)
    {
        using var part = new TemporaryStore();
        part.Full();
        var store = _temporary.Begin();
        store.Write(0, "intact", TemporaryStore.Values(0, "intact"));
        var own = File.GetLastWriteTimeUtc(_temporary.Chunk(0, 0));
        File.Delete(part.Chunk(1, 1));
        Assert.Equal(3, store.CountMissing(TemporaryStore.Manifest.Conditions));

        Assert.Equal(2, store.Join(FeatureStore.Open(part.Folder), keep));

        Assert.Equal((1, 1, 0), (store.CountMissing(TemporaryStore.Manifest.Conditions), store.CountMissing("cut/all"), store.CountMissing("intact")));
        Assert.Equal(own, File.GetLastWriteTimeUtc(_temporary.Chunk(0, 0)));
        Assert.Equal([30f, 31, 32, 40, 41, 42], store.Read<float>(1, "intact", "projector"));
        Assert.Equal(keep ? 3 : 1, Directory.GetFiles(part.Folder, "chunk-*").Length);
        Assert.Equal(0, store.Join(FeatureStore.Open(part.Folder), keep));
    }

    [Fact]
    public void Join_StoreOfOtherRows_IsRefused()
    {
        using var part = new TemporaryStore();
        FeatureStore.Begin(part.Folder, TemporaryStore.Manifest, TemporaryStore.Rows.SetItem(2, new FeatureRow("row-2", 1, ["door"]))).Write(0, "intact", TemporaryStore.Values(0, "intact"));
        var error = Assert.Throws<FeatureStoreException>(() => _temporary.Begin().Join(FeatureStore.Open(part.Folder), keep: false));
        Assert.StartsWith($"{part.Folder}: the features there were made from something else: rows: others than before.", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(part.Folder, "chunk-*"));
    }

    [Fact]
    public void Join_PartRanOutOfMemory_KeepsItsNotes()
    {
        using var part = new TemporaryStore();
        part.Begin().Note(new BatchSizeNote(8, "memory ran out", IsChosen: false));
        var store = _temporary.Begin();
        store.Join(FeatureStore.Open(part.Folder), keep: false);
        store.Join(FeatureStore.Open(part.Folder), keep: false);
        Assert.Equal([new BatchSizeNote(8, "memory ran out", IsChosen: false)], FeatureStore.Open(_temporary.Folder).Manifest.BatchSizes!.Value);
    }

    [Fact]
    public void Write_FolderIsGone_SaysSoAndWhatToDo()
    {
        var store = FeatureStore.Begin(Path.Combine(_temporary.Folder, "gone"), TemporaryStore.Manifest, TemporaryStore.Rows);
        Directory.Delete(Path.Combine(_temporary.Folder, "gone"), recursive: true);
        var error = Assert.Throws<FeatureStoreException>(() => store.Write(0, "intact", TemporaryStore.Values(0, "intact")));
        Assert.Contains("this file cannot be written", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("run the same command again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Chunk_IsASafetensorsFile()
    {
        _temporary.Full();
        var arrays = SafetensorsArrays.Read(_temporary.Chunk(1, 1));
        Assert.Equal(["lens.rank", "projector"], arrays.Names);
        Assert.Equal([2, 3], arrays.Shape("projector"));
        Assert.Equal([130f, 131, 132, 140, 141, 142], arrays.Floats("projector"));
        Assert.Equal([130L, 131, 140, 141], arrays.Integers("lens.rank"));
    }

    [Theory]
    [InlineData("{", "expected the manifest of a feature store")]
    [InlineData("{\"formatVersion\": 9, \"inputs\": {}, \"conditions\": [], \"columns\": [], \"attributeNames\": [], \"chunkRows\": []}", "expected format version 2; found 9")]
    public void Open_BrokenManifest_IsRefused(string json, string expected)
    {
        File.WriteAllText(Path.Combine(_temporary.Folder, "manifest.json"), json);
        Assert.Contains(expected, Assert.Throws<FeatureStoreException>(() => FeatureStore.Open(_temporary.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderWithoutAStore_IsRefused() =>
        Assert.StartsWith($"{_temporary.Folder}: expected a feature store; found no manifest.json", Assert.Throws<FeatureStoreException>(() => FeatureStore.Open(_temporary.Folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void View_UnknownConditionOrColumn_NamesTheKnownOnes()
    {
        var store = _temporary.Full();
        Assert.Equal("expected one of the conditions intact, cut/all; found 'cut'", Assert.Throws<FeatureStoreException>(() => store.View("cut")).Message);
        Assert.Equal("expected one of the columns projector, lens.rank; found 'logits'", Assert.Throws<FeatureStoreException>(() => store.View("intact", "logits")).Message);
    }
}
