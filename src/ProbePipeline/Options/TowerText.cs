using ProbePipeline.Models.Sites;

namespace ProbePipeline.Options;

/// <summary>A tower as files, reports and pages name it.</summary>
internal static class TowerText
{
    public static string Write(Tower tower) => tower == Tower.Vision ? "vision" : "language";
}
