using System.Runtime.Intrinsics;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.Scenes;

/// <summary>Draws scenes: background, objects, parts, and noise of 4 bits on every byte.</summary>
internal static class ScenePainter
{
    public static Picture Paint(Scene scene)
    {
        var pixels = new byte[3 * Scene.Side * Scene.Side];
        pixels.AsSpan().Fill(scene.Background);
        foreach (var (number, thing) in scene.Objects.Index())
        {
            Fill(pixels, thing.Rows, thing.Columns, thing.Contains, new Rgb(thing.Gray, thing.Gray, thing.Gray));
            foreach (var part in scene.Parts.AsSpan(3 * number, 3))
            {
                Fill(pixels, part.Rows, part.Columns, part.Contains, part.Value);
            }
        }

        AddNoise(pixels, scene.NoiseState);
        return new Picture(Scene.Size, pixels);
    }

    private static void Fill(byte[] pixels, Range rows, Range columns, Func<int, int, bool> contains, Rgb color)
    {
        for (var row = rows.Start.Value; row < rows.End.Value; row++)
        {
            for (var column = columns.Start.Value; column < columns.End.Value; column++)
            {
                if (contains(row, column))
                {
                    var first = 3 * ((row * Scene.Side) + column);
                    (pixels[first], pixels[first + 1], pixels[first + 2]) = (color.Red, color.Green, color.Blue);
                }
            }
        }
    }

    /// <summary>The high half of every byte, -8 to 7: eight bytes a word, the lowest first. A picture's bytes are a multiple of two words.</summary>
    private static void AddNoise(byte[] pixels, ulong state)
    {
        var random = new SplitMix64(state);
        var zero = Vector128.Create((byte)8);
        for (var first = 0; first < pixels.Length; first += Vector128<byte>.Count)
        {
            var noise = (Vector128.Create(random.Next(), random.Next()) >>> 4).AsByte() & Vector128.Create((byte)15);
            // One of the two is 0, and each stops at the end of a byte.
            var brighter = Vector128.AddSaturate(Vector128.Create(pixels, first), Vector128.SubtractSaturate(noise, zero));
            Vector128.SubtractSaturate(brighter, Vector128.SubtractSaturate(zero, noise)).CopyTo(pixels, first);
        }
    }
}
