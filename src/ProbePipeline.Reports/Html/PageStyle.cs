namespace ProbePipeline.Reports.Html;

/// <summary>The page's style sheet: light and dark, wide and narrow, on screen and on paper.</summary>
internal static class PageStyle
{
    public const string Sheet = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --muted: #5b636d; --line: #d9dee3; --shade: #f4f6f8; --accent: #0072b2; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #15191e; --ink: #eef1f4; --muted: #a9b2bc; --line: #343c45; --shade: #1d232a; --accent: #56b4e9; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.8rem 0 0.8rem; padding-top: 0.8rem; border-top: 1px solid var(--line); }
        p, ul { max-width: 46rem; }
        .lead { font-size: 1.1rem; border-left: 4px solid var(--accent); padding-left: 1rem; max-width: 52rem; }
        figure { margin: 1rem 0; }
        figcaption { color: var(--muted); font-size: 0.92rem; max-width: 52rem; margin-top: 0.4rem; }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        figure > .scroll { margin-bottom: 0; }
        .scroll img { display: block; max-width: 100%; height: auto; }
        @media (max-width: 48rem) { .scroll img { max-width: none; width: 46rem; } }
        table { border-collapse: collapse; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
        caption { caption-side: top; text-align: left; color: var(--muted); padding-bottom: 0.4rem; }
        th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.9rem 0.35rem 0; border-bottom: 1px solid var(--line); }
        th, td { font-weight: normal; overflow-wrap: break-word; }
        thead th { color: var(--muted); vertical-align: bottom; }
        tbody th { font-weight: 600; min-width: 8rem; }
        td { min-width: 4rem; max-width: 44rem; }
        .number { text-align: right; white-space: nowrap; }
        thead .number { white-space: normal; }
        pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem 1rem; overflow-x: auto; }
        pre { font: 0.88rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        summary { cursor: pointer; color: var(--accent); margin: 0.6rem 0; }
        .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1.2rem; }
        .gallery figure { margin: 0; }
        .gallery img { width: 100%; max-width: 14rem; border-radius: 4px; image-rendering: pixelated; }
        .wide { grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); }
        .wide img { max-width: 22rem; image-rendering: auto; }
        .gallery figcaption { color: var(--ink); overflow-wrap: anywhere; }
        .gallery ul { list-style: none; margin: 0.2rem 0 0; padding: 0; }
        @media print { main { max-width: none; } .scroll { overflow: visible; } figure, tr { break-inside: avoid; } }

        """;
}
