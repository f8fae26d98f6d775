namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>How a Compute Engine emulator is started.</summary>
public sealed class GceEmulatorOptions
{
    /// <summary>The loopback port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The one project.</summary>
    public string ProjectId { get; init; } = "emulator";

    /// <summary>The access tokens that are accepted.</summary>
    public IReadOnlyCollection<string> AccessTokens { get; init; } = [];

    /// <summary>Whether a request without credentials may do everything. Default false: it is answered with 401.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>How many looks at an operation, or at what it changes, bring it from PENDING to DONE; at least 1. One look shows PENDING, those between RUNNING.</summary>
    public int StepsPerOperation { get; init; } = 2;

    /// <summary>The clock of all times.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>From <c>--port N --anonymous --token TOKEN --project ID</c>.</summary>
    public static GceEmulatorOptions From(EmulatorArguments arguments) => new()
    {
        Port = arguments.Port,
        ProjectId = arguments.Value("project") ?? "emulator",
        AllowAnonymous = arguments.Flag("anonymous"),
        AccessTokens = arguments.Value("token") is { } token ? [token] : [],
    };
}
