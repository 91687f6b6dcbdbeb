using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Forms;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>A change of states at a site. Which token sets exist depends on the site's tower, so they are read after it.</summary>
/// <param name="section">Its keys.</param>
/// <param name="make">Makes it of a draft and the tokens.</param>
/// <param name="draft">Its draft again.</param>
internal sealed class EditForm<TEdit>(SectionForm<EditDraft> section, Func<EditDraft, TokenSet, TEdit> make, Func<TEdit, EditDraft> draft) : ValueForm<TEdit>, ISectionForm
    where TEdit : class
{
    public IReadOnlyList<IKey> Keys => section.Keys;

    public override string Expected => section.Expected;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out TEdit value)
    {
        value = null;
        if (section.TryRead(node, key, problems, out var read) && BlockForm.ReadSet(node, KeyPath.Join(key, "tokens"), "tokens", read.Tokens, read.Site.Tower, problems) is { } tokens)
        {
            value = make(read, tokens);
        }

        return value is not null;
    }

    public override SourceNode Write(TEdit value) => section.Write(draft(value));

    public override JsonObject Schema() => section.Schema();
}

/// <summary>A change of states before its token set is known.</summary>
/// <param name="Site">Where.</param>
/// <param name="Tokens">The text of the token set.</param>
/// <param name="Word">What is erased, or from where is patched.</param>
internal sealed record EditDraft(Site Site, string Tokens, string Word)
{
    /// <summary>From which row is patched.</summary>
    public PatchRows Rows { get; init; }
}
