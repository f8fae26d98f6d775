namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>What can go wrong with a call.</summary>
public enum EcsFaultKind
{
    /// <summary>The call is refused with <see cref="EcsFault.Status"/>, <see cref="EcsFault.Code"/> and <see cref="EcsFault.Message"/>, and not executed.</summary>
    Refuse,

    /// <summary>The connection breaks before the call is executed.</summary>
    DropRequest,

    /// <summary>The call is executed and the connection breaks before the reply.</summary>
    DropReply,
}
