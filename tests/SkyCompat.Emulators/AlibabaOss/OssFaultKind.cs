namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>What can go wrong with a request.</summary>
public enum OssFaultKind
{
    /// <summary>The connection breaks before the request is executed.</summary>
    DropRequest,

    /// <summary>The request is executed and the connection breaks before the reply.</summary>
    DropReply,

    /// <summary>The reply's body breaks off in the middle.</summary>
    CutReply,

    /// <summary>A byte of the request's body changes on the way to the store.</summary>
    ChangeRequest,

    /// <summary>A byte of the reply's body changes on the way back.</summary>
    ChangeReply,

    /// <summary>The store refuses with an error document of <see cref="OssFault.Status"/> and <see cref="OssFault.Code"/>.</summary>
    Refuse,

    /// <summary>The request is not executed, and the error document of <see cref="OssFault.Code"/> comes with status 200, as where the status was sent before the work failed.</summary>
    RefuseIn200,

    /// <summary>A proxy in between answers with a web page and <see cref="OssFault.Status"/>.</summary>
    ProxyPage,

    /// <summary>Nothing but what <see cref="OssFault.Before"/> does.</summary>
    None,
}
