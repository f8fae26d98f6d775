namespace SkyCompat.Google;

/// <summary>An instance type of a zone.</summary>
internal sealed class GceMachineType
{
    public string? Name { get; set; }

    public string? Zone { get; set; }

    public string? Architecture { get; set; }

    public int GuestCpus { get; set; }

    public int MemoryMb { get; set; }

    public List<GceAccelerator>? Accelerators { get; set; }

    public GceDeprecation? Deprecated { get; set; }
}
