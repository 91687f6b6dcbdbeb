using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>Pictures whose parts are marked and described: every part is one row of an experiment, the parts of one picture are one group.</summary>
public interface IPartDataset
{
    /// <summary>The dataset's short name, as experiments write it.</summary>
    string Name { get; }

    /// <summary>What the dataset is, with everything that determines its contents: two with one description hold the same rows.</summary>
    string Description { get; }

    /// <summary>Number of pictures.</summary>
    int PictureCount { get; }

    /// <summary>The attributes that every part has, in their order.</summary>
    ImmutableArray<PartAttribute> Attributes { get; }

    /// <summary>The pictures in their order. Nothing is read or drawn before it is asked for, and every pass gives the same.</summary>
    IEnumerable<PartPicture> Pictures { get; }
}
