namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A size of machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">Its family.</param>
/// <param name="Cores">Cores.</param>
/// <param name="MemoryGb">Memory.</param>
/// <param name="Price">US dollars per hour.</param>
public sealed record ArmSize(string Name, string Family, int Cores, double MemoryGb, decimal Price)
{
    public string Architecture { get; init; } = "x64";

    public string Generations { get; init; } = "V1,V2";

    public int Gpus { get; init; }

    public bool HasSpot { get; init; } = true;

    public bool CanHibernate { get; init; }

    /// <summary>Zones that are closed to the subscription.</summary>
    public IReadOnlyList<string> ClosedZones { get; init; } = [];

    /// <summary>Whether it is closed to the subscription everywhere.</summary>
    public bool IsClosed { get; init; }
}
