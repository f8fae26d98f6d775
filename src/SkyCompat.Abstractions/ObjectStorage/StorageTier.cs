namespace SkyCompat.ObjectStorage;

/// <summary>How an object is stored and billed, from dear to store and cheap to read to the opposite.</summary>
/// <remarks>Providers' names are in the docs, page "Object storage"; reading <see cref="Archive"/> needs a restore first, save where the bucket has <see cref="BucketFeatures.InstantArchive"/>.</remarks>
public enum StorageTier
{
    /// <summary>The provider's default for frequent access.</summary>
    Standard = 0,

    /// <summary>For access about once a month; cheaper to store, billed for reading.</summary>
    Infrequent,

    /// <summary>For access about once a quarter, still read at once.</summary>
    Cold,

    /// <summary>For access about once a year, on most providers after a restore that takes minutes to hours.</summary>
    Archive,
}
