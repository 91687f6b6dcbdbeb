using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What a run did, in sentences, and the sources of what it did.</summary>
internal sealed record Method(ExperimentResults Results)
{
    public bool HasFigures => Probes.Length > 0 || HasAnswers;

    private ProbeResult[] Probes { get; } = [.. Results.Probes()];

    private bool HasAnswers => Results.Conditions.Values.Any(condition => condition.Answer is not null);

    private bool HasControl => Probes.Any(probe => probe.ControlAccuracy is not null);

    private bool HasLens => Results.Conditions.Values.Any(condition => !condition.Lens.IsEmpty);

    private bool HasTests => Results.Comparisons.Any(comparison => comparison.Tests is not null);

    private bool HasAgreement => Results.Conditions.Values.Any(condition => condition.ReadableVersusUsed is not null);

    private bool HasSimilarities => Results.CrossCondition is { Similarities.IsEmpty: false };

    private bool HasWilson => Probes.Any(probe => probe.WilsonLow is not null) || Results.Conditions.Values.Any(condition => condition.Answer?.WilsonLow is not null);

    // The way of scoring that counts is named first; results of earlier versions have no other than the sum.
    private string Answered => Results.Conditions.Values.Select(condition => condition.Answer).OfType<AnswerResult>().SelectMany(answer => answer.Scores.Take(1)).FirstOrDefault()?.Score switch
    {
        "per-token" => "the choice with the highest log-likelihood a token after the prompt",
        "calibrated" => "the choice whose log-likelihood after the prompt the picture raises most above what it is without the picture",
        "generated-exact" => "the choice that its own greedily written text is, to the letter",
        "generated-normalized" => "the choice that its own greedily written text is, but for case, punctuation and articles",
        "generated-contained" => "the choice that its own greedily written text names first",
        _ => "the choice with the highest log-likelihood after the prompt, summed over its tokens",
    };

    public IEnumerable<string> Sentences()
    {
        yield return $"{Shown.Counted(Results.Rows, "row", "rows")} about {Shown.Counted(Results.Images, "picture", "pictures")} ({Results.Provenance.Dataset}) went through the model "
            + $"under {Shown.Counted(Results.Conditions.Count, "attention condition", "attention conditions")} (computed in {Results.Provenance.Computed}).";
        if (Probes.Length > 0)
        {
            var split = Results.Split;
            yield return split.Folds > 1
                ? $"Pictures were dealt into {Shown.Count(split.Folds)} folds with all their rows, stratified by class; each fold was tested once by probes that were trained, and whose penalty was chosen, on the others."
                : $"Pictures were split with all their rows: {Shown.Count(split.Train.Images)} for training, {Shown.Count(split.Validation.Images)} for choosing, {Shown.Count(split.Test.Images)} for testing.";
            yield return "At every site the columns were standardised on the training rows, and softmax regressions were fitted to the minimum of the mean cross-entropy plus L2 / 2 times the "
                + $"squared weights, biases free{(Results.Trainer is { } trainer ? $" (trainer: {trainer})" : "")}; of the L2 weights "
                + $"{string.Join(", ", Probes[0].Sweep.Select(point => Shown.Penalty(point.L2)))} the one with the highest validation accuracy was taken, of equals the largest. The site of a "
                + "condition's best probe was chosen on validation rows too; test rows chose nothing."
                + (Results.Refit ? " The chosen probe was fitted again on training and validation rows together, standardised on both, and that one was tested." : "")
                + (split.Repeats > 1 ? $" The whole was repeated on {Shown.Count(split.Repeats)} random splits; all figures but the means over them are of the first." : "");
        }

        foreach (var sentence in Measures())
        {
            yield return sentence;
        }

        if (!Results.NumericTargets.IsEmpty)
        {
            yield return $"{string.Join(", ", Results.NumericTargets.Select(result => result.Target).Distinct())}: read by ridge regression (half the mean squared error plus L2 / 2 times the squared weights), "
                + "the penalty chosen by R² on validation rows.";
        }

        if (!Results.LabelSets.IsEmpty)
        {
            yield return $"{string.Join(", ", Results.LabelSets.Select(result => result.Target).Distinct())}: read as sets of labels by one logistic regression a label, one penalty for all chosen by the mean log "
                + "loss on validation rows.";
        }

        if (Results.Baselines.OtherLabels is { } labels)
        {
            yield return $"As a baseline the same probe was trained on other labels of the rows in place of states ({string.Join(", ", labels.Fields)}, a column a value).";
        }

        if (!Results.Baselines.RandomFeatures.IsEmpty)
        {
            yield return "As a baseline the same probe was trained on independent standard normal numbers, as many a row as the states have.";
        }

        if (Results.Baselines.RandomModel is { } random)
        {
            yield return $"As a baseline the same probes were trained on the states of an untrained network of the same architecture under {random.Condition}, whose matrices were drawn from "
                + "normal distributions with the trained ones' means and standard deviations and whose vectors hold the trained ones' means.";
        }

        if (HasControl)
        {
            yield return "A control task gives every type of row one random label for good; selectivity is the test accuracy less that of the control task"
                + (Probes.Any(probe => probe.ControlDeviation is not null) ? ", a mean over several such labellings." : ".");
        }

        if (HasAnswers)
        {
            yield return $"The model's answer is {Answered}."
                + (Results.BlindAnswer is null ? "" : " It was also asked without the picture, by log-likelihood over the same choices.");
        }

        if (HasAgreement)
        {
            yield return "Row by row, the condition's best probe being right was held against the answer being right; their agreement is Cohen's kappa.";
        }

        if (HasLens)
        {
            yield return "The logit lens applies the final norm and the language head to the decoder's residual stream at the region's tokens; a row's rank is the best over them.";
        }

        yield return "Intervals are 95 % percentile intervals of a bootstrap that resamples pictures with all their rows, and take the fits as given; differences are paired on the same resamples."
            + (HasWilson ? " Wilson's intervals, which take rows as independent, stand beside those of accuracies." : "");
        if (HasTests)
        {
            yield return "Differences were tested by flipping their signs picture by picture, two-sided; over the sites of a condition p-values were adjusted by Holm and by Benjamini and "
                + "Hochberg. McNemar's exact test, which takes rows as independent, stands beside them. The smallest difference that could have been seen is 2.8 standard errors of the bootstrap (5 %, two-sided, 80 % power).";
        }

        yield return $"Seeds: {string.Join(", ", Results.Provenance.Seeds.Select(seed => $"{seed.Key} {Shown.Count(seed.Value)}"))}. "
            + $"Software: {string.Join(", ", Results.Provenance.Software.Select(software => $"{software.Key} {software.Value}"))}.";
    }

    // What is said of probes beside their accuracy.
    private IEnumerable<string> Measures()
    {
        if (Probes.Any(probe => probe.Information is not null))
        {
            yield return "Usable information is what the probe with the least validation log loss saves on the test rows' labels against the class frequencies of training, in bits a row.";
        }

        if (Probes.FirstOrDefault(probe => probe.CodeLength is not null)?.CodeLength is { } code)
        {
            yield return $"Online code lengths are of the training labels, told in {Shown.Count(code.Cuts.Length)} blocks: the first by the uniform code, each further one by a probe fitted on the blocks before it, "
                + "under the penalty that validation rows had chosen.";
        }

        if (Results.CrossCondition is { Transfers.IsEmpty: false })
        {
            yield return "Probes of one condition were also tested on the states of others, without training"
                + (HasSimilarities ? "; states of the same test rows were held against each other by cosine and linear CKA (biased form)." : ".");
        }

        if (!Results.Erasures.IsEmpty)
        {
            yield return "As a check the target was erased from the states by LEACE, fitted on training rows, and a new probe was trained on what was left.";
        }

        if (!Results.Sweeps.IsEmpty)
        {
            yield return $"{Shown.Counted(Results.Sweeps.Length, "block was", "blocks were")} also put into a sliding window of layers alone.";
        }
    }

    public IEnumerable<(string For, string Source)> References() =>
        from reference in ((bool IsUsed, string For, string Source)[])
        [
            (true, "the design",
                "arXiv 2506.05439: vision encoder and language decoder, attention knocked out in either, read by probe and logit lens"),
            (Results.Conditions.Values.Any(condition => !condition.Blocks.IsEmpty), "attention knockout",
                "Geva, Bastings, Filippova, Globerson 2023: Dissecting recall of factual associations in auto-regressive language models. EMNLP; arXiv 2304.14767"),
            (Results.Conditions.Values.Any(ConditionSection.HasPatches), "activation patching",
                "Vig, Gehrmann, Belinkov, Qian, Nevo, Singer, Shieber 2020: Investigating gender bias in language models using causal mediation analysis. NeurIPS; arXiv 2004.12265"),
            (Results.Conditions.Values.Any(ConditionSection.HasMeans), "mean-ablation",
                "Wang, Variengien, Conmy, Shlegeris, Steinhardt 2023: Interpretability in the wild: a circuit for indirect object identification in GPT-2 small. ICLR; arXiv 2211.00593"),
            (Probes.Length > 0, "linear probes",
                "Alain, Bengio 2016: Understanding intermediate layers using linear classifier probes. arXiv 1610.01644"),
            (HasControl, "control task, selectivity",
                "Hewitt, Liang 2019: Designing and interpreting probes with control tasks. EMNLP; arXiv 1909.03368"),
            (Results.Baselines.RandomModel is not null, "untrained network",
                "Zhang, Bowman 2018: Language modeling teaches you more than translation does: lessons learned through auxiliary syntactic task analysis. BlackboxNLP; arXiv 1809.10040"),
            (Probes.Any(probe => probe.CodeLength is not null), "online code length",
                "Voita, Titov 2020: Information-theoretic probing with minimum description length. EMNLP; arXiv 2003.12298"),
            (Probes.Any(probe => probe.Information is not null), "usable information",
                "Xu, Zhao, Song, Stewart, Ermon 2020: A theory of usable information under computational constraints. ICLR; arXiv 2002.10689"),
            (!Results.Erasures.IsEmpty || Results.Conditions.Values.Any(ConditionSection.HasErasures), "concept erasure",
                "Belrose, Schneider-Joseph, Ravfogel, Cotterell, Raff, Biderman 2023: LEACE: perfect linear concept erasure in closed form. NeurIPS; arXiv 2306.03819"),
            (!Results.Directions.IsEmpty, "nullspace projection",
                "Ravfogel, Elazar, Gonen, Twiton, Goldberg 2020: Null it out: guarding protected attributes by iterative nullspace projection. ACL; arXiv 2004.07667"),
            (HasSimilarities, "linear CKA",
                "Kornblith, Norouzi, Lee, Hinton 2019: Similarity of neural network representations revisited. ICML; arXiv 1905.00414"),
            (Results.Baselines.ZeroShot is not null, "zero-shot naming",
                "Radford et al. 2021: Learning transferable visual models from natural language supervision. ICML; arXiv 2103.00020"),
            (HasLens, "logit lens",
                "nostalgebraist 2020: interpreting GPT: the logit lens. LessWrong"),
            (true, "cluster bootstrap",
                "Field, Welsh 2007: Bootstrapping clustered data. Journal of the Royal Statistical Society B 69"),
            (HasWilson, "Wilson's interval",
                "Wilson 1927: Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association 22"),
            (HasTests, "sign flips by cluster",
                "Winkler, Ridgway, Webster, Smith, Nichols 2014: Permutation inference for the general linear model. NeuroImage 92"),
            (HasTests, "p-values from drawn patterns",
                "Phipson, Smyth 2010: Permutation p-values should never be zero. Statistical Applications in Genetics and Molecular Biology 9"),
            (HasTests, "adjusted p-values",
                "Holm 1979: A simple sequentially rejective multiple test procedure; Benjamini, Hochberg 1995: Controlling the false discovery rate"),
            (HasTests, "McNemar's test",
                "McNemar 1947: Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika 12"),
            (HasTests, "smallest detectable difference",
                "Bloom 1995: Minimum detectable effects: a simple way to report the statistical power of experimental designs. Evaluation Review 19"),
            (HasAgreement, "kappa",
                "Cohen 1960: A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20"),
            (Probes.Any(probe => probe.CalibrationError is not null), "calibration error",
                "Guo, Pleiss, Sun, Weinberger 2017: On calibration of modern neural networks. ICML; arXiv 1706.04599"),
        ]
        where reference.IsUsed
        select (reference.For, reference.Source);
}
