using System.Text.Json.Nodes;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The items of a condition that change states.</summary>
internal static class EditForms
{
    private const string AllowedSite = "one site whose states something behind it reads: projector, vision.embeddings, language.embeddings, or resid_post, attn_out or mlp_out of a layer as in language.resid_post.3";

    private static readonly TextForm<Site> Place = new(AllowedSite, ParseSite, site => $"{site}")
    {
        Details = () => new JsonObject { ["pattern"] = @"^(?:projector|(?:vision|language)\.(?:embeddings|(?:resid_post|attn_out|mlp_out)\.[0-9]+))$" },
    };

    /// <summary><c>{ patch: language.resid_post.3, tokens: region, from: vision-cut }</c></summary>
    public static EditForm<PatchOptions> Patch { get; } = new(
        new SectionForm<EditDraft>(
            () => new EditDraft(Site.Projector, "", ""),
            new Key<EditDraft, Site>(
                "patch", "The site whose states are taken from another condition: activation patching.", Place, draft => draft.Site, (draft, site) => draft with { Site = site })
            { Required = true },
            Tokens("The prompt tokens whose states are taken, from the same tokens of the donor."),
            new Key<EditDraft, string>(
                "from", "The condition that they are taken from; it takes none itself.",
                new WordForm("the name of another condition", ConditionsForm.NamePattern), draft => draft.Word, (draft, from) => draft with { Word = from })
            { Required = true },
            new Key<EditDraft, PatchRows>(
                "rows", "The row that they are taken from. `same`: the row itself. `other`: a row about another picture (see `capture.donorSeed`), token by token, so that it must have as "
                + "many of the tokens. `other-mean`: such a row, and every token gets the mean of its states.",
                new ChoiceForm<PatchRows>(("same", PatchRows.Same), ("other", PatchRows.Other), ("other-mean", PatchRows.OtherMean)),
                draft => draft.Rows, (draft, rows) => draft with { Rows = rows })),
        (draft, tokens) => new PatchOptions(draft.Site, tokens, draft.Word) { Rows = draft.Rows },
        patch => new EditDraft(patch.Site, TokenSetText.Write(patch.Tokens), patch.From) { Rows = patch.Rows });

    /// <summary><c>{ erase: part, at: language.resid_post.3, tokens: image }</c></summary>
    public static EditForm<EraseOptions> Erase { get; } = new(
        new SectionForm<EditDraft>(
            () => new EditDraft(Site.Projector, "", ""),
            new Key<EditDraft, string>(
                "erase", "The field of a row that is erased: afterwards no linear probe finds it in the states that the eraser was fitted on (LEACE).",
                ExperimentKeys.Field, draft => draft.Word, (draft, field) => draft with { Word = field })
            { Required = true },
            new Key<EditDraft, Site>(
                "at", "The site; it must be among `capture.sites`, since the eraser is fitted on the first condition's training rows there, pooled by the first of `capture.pooling`.",
                Place, draft => draft.Site, (draft, site) => draft with { Site = site })
            { Required = true },
            Tokens("The tokens whose states are changed. Generated tokens are among them wherever the prompt's last token is.")),
        (draft, tokens) => new EraseOptions(draft.Word, draft.Site, tokens),
        erasure => new EditDraft(erasure.Site, TokenSetText.Write(erasure.Tokens), erasure.Field));

    private static Key<EditDraft, string> Tokens(string description) =>
        new("tokens", description, BlockForm.SetText, draft => draft.Tokens, (draft, tokens) => draft with { Tokens = tokens }) { Required = true };

    private static Site ParseSite(string text)
    {
        var site = SiteText.Parse(text);
        return site.Kind is SiteKind.FinalNorm or SiteKind.Pooled ? throw new FormatException($"found \"{text}\", expected {AllowedSite}") : site;
    }
}
