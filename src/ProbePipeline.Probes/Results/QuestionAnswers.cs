namespace ProbePipeline.Probes.Results;

/// <summary>The answers to one way of asking, of several that every part was asked in.</summary>
/// <param name="Question">The question, with its fields.</param>
/// <param name="Rows">Test rows that were asked in this way.</param>
/// <param name="TestAccuracy">Share of right answers over them.</param>
/// <param name="Low">Lower end of its 95 % interval: cluster bootstrap over pictures, percentiles.</param>
/// <param name="High">Upper end of the same interval.</param>
public sealed record QuestionAnswers(string Question, int Rows, double TestAccuracy, double Low, double High);
