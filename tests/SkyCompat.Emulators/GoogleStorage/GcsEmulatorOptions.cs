namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>How a Cloud Storage emulator is started.</summary>
public sealed class GcsEmulatorOptions
{
    /// <summary>The loopback port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether a request without credentials may do everything. Default false: it is answered with 401.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Access tokens that are accepted besides those that the token endpoint issues.</summary>
    public IReadOnlyCollection<string> AccessTokens { get; init; } = [];

    /// <summary>The most bytes of objects and unfinished uploads kept at a time; beyond it uploads are answered with 507. Default 8 GiB.</summary>
    public long MaxStoredBytes { get; init; } = 8L << 30;

    /// <summary>
    /// How many bytes one call of a rewrite copies, whatever it is between. Default null: as the service, which takes several
    /// calls only between locations and storage classes, and then as many bytes as the caller says.
    /// </summary>
    public long? RewriteBytesPerCall { get; init; }

    /// <summary>The clock of object times, tokens and signed URLs.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>From <c>--port N --anonymous --token TOKEN</c>.</summary>
    public static GcsEmulatorOptions From(EmulatorArguments arguments) => new()
    {
        Port = arguments.Port,
        AllowAnonymous = arguments.Flag("anonymous"),
        AccessTokens = arguments.Value("token") is { } token ? [token] : [],
    };
}
