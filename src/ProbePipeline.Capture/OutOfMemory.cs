namespace ProbePipeline.Capture;

/// <summary>Tells errors that say memory ran out from others. libtorch has no type for them, only messages.</summary>
internal static class OutOfMemory
{
    private static readonly string[] Messages = ["out of memory", "can't allocate memory", "not enough memory", "STATUS_ALLOC_FAILED"];

    public static bool Is(Exception error) => error is OutOfMemoryException
        || (error is System.Runtime.InteropServices.ExternalException && Messages.Any(message => error.Message.Contains(message, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The first line of what was said; libtorch's trace follows it.</summary>
    public static string Shown(Exception error) => error.Message.Split('\n')[0].Trim();
}
