namespace SkyCompat.Cli;

/// <summary>What skyc tells the shell; the numbers are part of its interface and documented in docs/cli.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some objects failed or differ, or the store failed in a way that has no number of its own.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    public const int NotFound = 3;

    public const int Denied = 4;

    /// <summary>The cloud cannot be reached, or does not answer.</summary>
    public const int Unreachable = 5;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    public const string HelpText =
        """
        Exit codes:
          0    done; both sides are the same
          1    some objects failed or differ
          2    wrong usage or configuration
          3    not found
          4    access denied
          5    cannot reach the cloud
          130  cancelled
        """;

    public static int Of(CloudErrorCode code) => code switch
    {
        CloudErrorCode.NotFound => NotFound,
        CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied => Denied,
        CloudErrorCode.Unavailable or CloudErrorCode.Timeout or CloudErrorCode.Throttled => Unreachable,
        CloudErrorCode.InvalidArgument or CloudErrorCode.Unsupported => Usage,
        _ => Failed,
    };
}
