namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>An elastic address.</summary>
internal sealed class VpcAddress : EcsThing
{
    public required string Address { get; init; }

    public string Bandwidth { get; init; } = "5";

    public string InternetChargeType { get; init; } = "PayByTraffic";

    public string InstanceId { get; set; } = "";

    protected override void Arrived()
    {
        if (Status == "Available")
        {
            InstanceId = "";
        }
    }
}
