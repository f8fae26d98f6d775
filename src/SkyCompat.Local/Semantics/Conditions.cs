using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Decides conditions of reads and writes.</summary>
internal static class Conditions
{
    /// <summary>Checks a write.</summary>
    /// <param name="condition">What was asked.</param>
    /// <param name="key">The key, for the message.</param>
    /// <param name="current">The tag of what is there; empty if nothing is.</param>
    public static void CheckWrite(WriteCondition condition, string key, VersionTag current)
    {
        switch (condition.Kind)
        {
            case WriteConditionKind.MustNotExist when !current.IsEmpty:
                throw StorageErrors.ObjectExists(key);
            case WriteConditionKind.MustMatch when current != condition.Tag:
                throw StorageErrors.TagDiffers(key);
            default:
                return;
        }
    }

    /// <summary>Checks that something has a tag, if one was asked for.</summary>
    /// <param name="wanted">The tag asked for; empty for any.</param>
    /// <param name="key">The key, for the message.</param>
    /// <param name="current">The tag of what is there; empty if nothing is.</param>
    public static void CheckMatch(VersionTag wanted, string key, VersionTag current)
    {
        if (!wanted.IsEmpty && wanted != current)
        {
            throw StorageErrors.TagDiffers(key);
        }
    }

    /// <summary>Refuses to read what is archived, as a cloud would.</summary>
    public static void CheckTier(StorageTier tier, string key)
    {
        if (tier == StorageTier.Archive)
        {
            throw StorageErrors.ObjectArchived(key);
        }
    }

    public static void CheckRead(ReadCondition? condition, ObjectInfo info)
    {
        if (condition is null)
        {
            return;
        }

        CheckMatch(condition.IfMatch, info.Key, info.Tag);
        if (condition.IfUnmodifiedSince is { } unmodified && Seconds(info.LastModified) > Seconds(unmodified))
        {
            throw StorageErrors.ModifiedSince(info.Key);
        }

        if ((!condition.IfNoneMatch.IsEmpty && condition.IfNoneMatch == info.Tag)
            || (condition.IfModifiedSince is { } modified && Seconds(info.LastModified) <= Seconds(modified)))
        {
            throw StorageErrors.NotModified(info.Key);
        }
    }

    // HTTP dates have whole seconds, and these conditions are theirs on every provider.
    private static long Seconds(DateTimeOffset instant) => instant.ToUnixTimeSeconds();
}
