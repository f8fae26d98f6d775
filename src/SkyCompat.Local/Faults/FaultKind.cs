namespace SkyCompat.Local;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The call waits for <see cref="FaultRule.Delay"/> before it goes on.</summary>
    Latency = 0,

    /// <summary>The provider refuses with <see cref="FaultRule.StatusCode"/>; nothing is done.</summary>
    Status,

    /// <summary>The connection breaks before the request is sent; nothing is done.</summary>
    ResetBeforeSend,

    /// <summary>The request takes effect and its reply is lost; a write says <see cref="CloudException.MayHaveTakenEffect"/>.</summary>
    ResetAfterSend,

    /// <summary>The body of a read breaks off after <see cref="FaultRule.AtByte"/> bytes.</summary>
    TruncatedBody,

    /// <summary>One bit of the body of a read is wrong, in the byte at <see cref="FaultRule.AtByte"/>.</summary>
    CorruptedBody,

    /// <summary>Each read of a body waits for <see cref="FaultRule.Delay"/> first.</summary>
    SlowBody,
}
