namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>How the emulator runs.</summary>
public sealed record OssEmulatorOptions
{
    /// <summary>The loopback port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The region that signatures must name.</summary>
    public string Region { get; init; } = "cn-hangzhou";

    /// <summary>Whether the bucket is read from the host's name, as at OSS's own endpoints, instead of from the path. A client may send both, so it cannot be told from the request.</summary>
    public bool VirtualHosts { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The options of a command line.</summary>
    public static OssEmulatorOptions From(EmulatorArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new OssEmulatorOptions { Port = arguments.Port, Region = arguments.Value("region") ?? "cn-hangzhou", VirtualHosts = arguments.Flag("virtual-hosts") };
    }
}
