namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>How the emulator runs.</summary>
public sealed record EcsEmulatorOptions
{
    /// <summary>The loopback port of ECS; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The loopback port of VPC; 0 for any free one.</summary>
    public int VpcPort { get; init; }

    /// <summary>How many calls about a thing it stays in each state that it passes through.</summary>
    public int CallsPerState { get; init; } = 1;

    /// <summary>From how many looks a new instance is hidden.</summary>
    public int HiddenLooks { get; init; }

    /// <summary>The most items of a page, whatever is asked for.</summary>
    public int MaxPageSize { get; init; } = int.MaxValue;

    /// <summary>The currency of prices: <c>USD</c> at the international site, <c>CNY</c> at the Chinese.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The options of a command line.</summary>
    public static EcsEmulatorOptions From(EmulatorArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new EcsEmulatorOptions { Port = arguments.Port, VpcPort = int.Parse(arguments.Value("vpc-port") ?? "0", System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture), Currency = arguments.Value("currency") ?? "USD" };
    }
}
