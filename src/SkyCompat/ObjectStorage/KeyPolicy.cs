namespace SkyCompat.ObjectStorage;

/// <summary>Which keys may be written. Whatever the policy, a key is stored verbatim or refused, never changed; and any well-formed key may be read, copied from, listed and deleted.</summary>
public enum KeyPolicy
{
    /// <summary>Only keys that every provider can hold: 1 to 1,023 UTF-8 bytes of valid Unicode, without control characters or backslashes, without segments between
    /// slashes that are empty (so no slash at the start or the end) or end in a dot (so no <c>.</c> or <c>..</c>). What is written on one cloud can be moved to any other.</summary>
    Portable = 0,

    /// <summary>Any key that this provider can hold: 1 to <see cref="BucketCapabilities.MaxKeyBytes"/> UTF-8 bytes of valid Unicode.</summary>
    Verbatim,
}
