namespace SkyCompat.Google;

/// <summary>How an instance is sold and what becomes of it.</summary>
internal sealed class GceScheduling
{
    public string? ProvisioningModel { get; set; }

    public string? InstanceTerminationAction { get; set; }

    public string? OnHostMaintenance { get; set; }

    public bool? AutomaticRestart { get; set; }

    public bool? Preemptible { get; set; }
}
