namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>The power of a machine, which only its instance view tells.</summary>
public sealed class ArmPower
{
    /// <summary>Null until it was first given power.</summary>
    public string? State { get; set; }

    public bool IsHibernated { get; set; }

    /// <summary>Whether it was taken back.</summary>
    public bool WasEvicted { get; set; }

    /// <summary>Why its making or last change failed; null if it did not.</summary>
    public (string Code, string Message)? Failure { get; set; }

    /// <summary>The document that it was made from, with what documents never show again.</summary>
    public string Fingerprint { get; set; } = "";
}
