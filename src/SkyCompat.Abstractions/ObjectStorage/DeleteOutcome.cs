namespace SkyCompat.ObjectStorage;

/// <summary>What became of an object that was to be deleted. All but <see cref="Failed"/> mean that it is not there now.</summary>
public enum DeleteOutcome
{
    /// <summary>It is not there now; the provider does not say whether it was.</summary>
    Gone = 0,

    /// <summary>It was there and was deleted.</summary>
    Deleted,

    /// <summary>It was not there.</summary>
    Missing,

    /// <summary>It could not be deleted; see <see cref="DeleteResult.Error"/>.</summary>
    Failed,
}
