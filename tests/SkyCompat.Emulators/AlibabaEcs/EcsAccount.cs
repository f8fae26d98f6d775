namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Keys that the emulator knows.</summary>
/// <param name="AccessKeyId">The id.</param>
/// <param name="AccessKeySecret">The secret.</param>
/// <param name="SecurityToken">The token of temporary keys; null for permanent ones.</param>
public sealed record EcsAccount(string AccessKeyId, string AccessKeySecret, string? SecurityToken = null)
{
    /// <summary>May do everything.</summary>
    public static EcsAccount Main { get; } = new("LTAI5tEcsEmulator0001", "ecs-emulator-secret-0001");

    /// <summary>Temporary keys, which may do everything.</summary>
    public static EcsAccount Temporary { get; } = new("STS.NEcsEmulator0002", "ecs-emulator-secret-0002", "ecs-emulator-token");

    /// <summary>May do nothing.</summary>
    public static EcsAccount Forbidden { get; } = new("LTAI5tEcsEmulator0003", "ecs-emulator-secret-0003");

    internal static IReadOnlyList<EcsAccount> All { get; } = [Main, Temporary, Forbidden];
}
