namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>An instance.</summary>
internal sealed class EcsMachine : EcsThing
{
    public required string ZoneId { get; init; }

    public required EcsType Type { get; init; }

    public required string ImageId { get; init; }

    public required string VSwitchId { get; init; }

    public required string VpcId { get; init; }

    public required List<string> Groups { get; init; }

    public required string PrivateAddress { get; init; }

    public string HostName { get; init; } = "";

    public string? PublicAddress { get; set; }

    public string? KeyPair { get; init; }

    public string UserData { get; init; } = "";

    public string SpotStrategy { get; init; } = "NoSpot";

    public string StoppedMode { get; set; } = "Not-applicable";

    public List<string> Locks { get; } = [];

    public bool IsDeleting { get; set; }

    /// <summary>From how many looks it is hidden still.</summary>
    public int HiddenLooks { get; set; }

    public string Console { get; set; } = "";
}
