using System.Security.Cryptography.X509Certificates;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>How the emulator runs.</summary>
public sealed record ArmEmulatorOptions
{
    /// <summary>The loopback port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; init; } = "11111111-2222-3333-4444-555555555555";

    /// <summary>The token that is let in; null for any.</summary>
    public string? Token { get; init; }

    /// <summary>The regions there are.</summary>
    public IReadOnlyList<string> Regions { get; init; } = ["westeurope", "northeurope"];

    /// <summary>How many looks at an operation on a machine or disk find it under way.</summary>
    public int Polls { get; init; } = 1;

    /// <summary>How many looks at a network resource find it being made.</summary>
    public int NetworkPolls { get; init; }

    /// <summary>How many items a page of a list has.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The certificate, with its key, to speak HTTPS with, as clients want that send tokens; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The options of a command line.</summary>
    public static ArmEmulatorOptions From(EmulatorArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new ArmEmulatorOptions { Port = arguments.Port, SubscriptionId = arguments.Value("subscription") ?? "11111111-2222-3333-4444-555555555555", Token = arguments.Value("token") };
    }
}
