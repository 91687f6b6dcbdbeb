using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Interventions;

/// <summary>
/// A change of the states at a site during the forward pass: everything behind the site, and whoever captures it, sees the changed states. Sites that can be
/// changed are those that something behind them reads: embeddings, attn_out, mlp_out, resid_post and the projector.
/// </summary>
/// <param name="Site">Where.</param>
/// <param name="Tokens">Whose states; a row that has none of them stays as it is.</param>
public abstract record StateEdit(Site Site, TokenSet Tokens);
