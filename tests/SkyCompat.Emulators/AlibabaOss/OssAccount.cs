namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A key pair that the emulator knows, permanent or temporary.</summary>
/// <param name="Owner">The user's id.</param>
/// <param name="AccessKeyId">The id.</param>
/// <param name="AccessKeySecret">The secret.</param>
/// <param name="SecurityToken">The token that must go with a temporary pair; null for a permanent one.</param>
/// <param name="ExpiresAt">When a temporary pair ends.</param>
public sealed record OssAccount(string Owner, string AccessKeyId, string AccessKeySecret, string? SecurityToken = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The main user. Published throw-away constants, no secrets.</summary>
    public static OssAccount Main { get; } = new("1200000000000001", "LTAI5tSkyCompatMain", "SkyCompatMainSecret0000000001");

    /// <summary>Another user, who owns other buckets.</summary>
    public static OssAccount Other { get; } = new("1200000000000002", "LTAI5tSkyCompatOther", "SkyCompatOtherSecret000000002");

    /// <summary>Temporary keys of the main user.</summary>
    public static OssAccount Temporary { get; } = new(Main.Owner, "STS.SkyCompatTemporary", "SkyCompatTemporarySecret00003", "SkyCompatSecurityToken/with+signs==");

    /// <summary>Temporary keys of the main user that ended long ago.</summary>
    public static OssAccount Expired { get; } =
        new(Main.Owner, "STS.SkyCompatExpired", "SkyCompatExpiredSecret0000004", "SkyCompatExpiredToken", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static IReadOnlyList<OssAccount> All { get; } = [Main, Other, Temporary, Expired];
}
