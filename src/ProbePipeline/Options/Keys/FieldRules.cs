using ProbePipeline.Inputs;

namespace ProbePipeline.Options.Keys;

/// <summary>Fields that an experiment names must be there. What a dataset on disk has is only known when it is opened.</summary>
internal static class FieldRules
{
    /// <summary>The rule for datasets that are made.</summary>
    public static IEnumerable<(string Key, string Message)> Generated(ExperimentOptions options) => options.Dataset.IsOnDisk ? [] : Of(options, [.. options.Dataset.Open().Attributes.Select(attribute => attribute.Name)]);

    /// <param name="options">The experiment.</param>
    /// <param name="known">The fields that rows have.</param>
    public static IEnumerable<(string Key, string Message)> Of(ExperimentOptions options, string[] known)
    {
        (string Key, IEnumerable<string> Fields)[] named =
        [
            ("probe.target", [options.Target]),
            ("probe.control.type", options.Probe?.Control?.Type ?? []),
            ("probe.erasure.other", options.Probe?.Erasure?.Other is { } other ? [other] : []),
            ("probe.targets.numeric", (options.Probe?.Targets.Numeric ?? []).Where(name => !name.StartsWith("region.", StringComparison.Ordinal))),
            ("probe.targets.labels", options.Probe?.Targets.Labels ?? []),
            ("probe.baselines.otherLabels", options.Probe?.Baselines.OtherLabels ?? []),
            ("answer.question", (options.Answer?.Questions ?? []).SelectMany(question => question.Fields).Distinct()),
            ("answer.choices", options.Answer?.Choices.Column is { } column ? [column] : []),
            .. options.Conditions.Select(condition => ($"conditions.{condition.Name}", condition.Erasures.Select(erasure => erasure.Field))),
        ];
        return from key in named
               from field in key.Fields.Except(known)
               select (key.Key, $"found the field \"{field}\", expected one that rows of {options.Dataset.Name} have: {string.Join(", ", known)}{NearestName.Of(field, known)}");
    }
}
