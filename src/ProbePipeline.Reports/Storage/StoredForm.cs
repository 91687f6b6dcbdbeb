namespace ProbePipeline.Reports.Storage;

/// <summary>
/// Results from a file that anybody may have changed: each value has its form, but lists need not be as long as others say, nor names known that others use. What
/// fails of that while a report is made is the file's fault and is said so.
/// </summary>
internal static class StoredForm
{
    /// <summary>Makes something of stored results.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="ResultsException">Their parts contradict each other.</exception>
    public static void Guard(string path, Action make)
    {
        try
        {
            make();
        }
        catch (Exception error) when (error is NullReferenceException or IndexOutOfRangeException or KeyNotFoundException or ArgumentException or InvalidOperationException
            or OverflowException or DivideByZeroException or FormatException)
        {
            throw new ResultsException(
                path,
                null,
                $"no report can be made of it, since its parts do not belong together ({error.Message}); restore the file, or run the experiment again. Where nobody has changed it, this is a fault of the program",
                error);
        }
    }
}
