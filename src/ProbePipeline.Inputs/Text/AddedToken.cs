namespace ProbePipeline.Inputs.Text;

/// <summary>A token that is found in the text before anything else happens to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="SingleWord">Whether it must not touch a word.</param>
/// <param name="StripsLeft">Whether it takes the white space before it.</param>
/// <param name="StripsRight">Whether it takes the white space behind it.</param>
/// <param name="Normalized">Whether it is found in the normalised text, else in the text as it is.</param>
/// <param name="Special">Whether it is left out of decoded text on request.</param>
internal sealed record AddedToken(int Id, string Content, bool SingleWord, bool StripsLeft, bool StripsRight, bool Normalized, bool Special)
{
    public static AddedToken Read(TokenizerNode node) => new(
        node["id"].Integer(),
        node["content"].Text() is { Length: > 0 } content ? content : throw node["content"].Error("a text"),
        node["single_word"].Flag(false),
        node["lstrip"].Flag(false),
        node["rstrip"].Flag(false),
        node["normalized"].Flag(true),
        node["special"].Flag(false));
}
