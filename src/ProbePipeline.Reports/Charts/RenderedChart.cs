namespace ProbePipeline.Reports.Charts;

/// <summary>A chart in every form that a report needs.</summary>
/// <param name="Width">Width in pixels at 100 %.</param>
/// <param name="Height">Height in pixels at 100 %.</param>
/// <param name="Png">For paper and Markdown: light, with twice as many pixels.</param>
/// <param name="Svg">Light.</param>
/// <param name="DarkSvg">For dark pages.</param>
internal sealed record RenderedChart(int Width, int Height, byte[] Png, byte[] Svg, byte[] DarkSvg);
