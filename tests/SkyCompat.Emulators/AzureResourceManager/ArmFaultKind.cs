namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>What goes wrong on purpose.</summary>
public enum ArmFaultKind
{
    /// <summary>The request is refused.</summary>
    Refuse = 0,

    /// <summary>The request is accepted, and its operation fails.</summary>
    FailOperation,

    /// <summary>The connection breaks before the request is carried out.</summary>
    DropRequest,

    /// <summary>The request is carried out and the connection breaks before the reply.</summary>
    DropReply,

    /// <summary>A web page answers.</summary>
    ProxyPage,
}
