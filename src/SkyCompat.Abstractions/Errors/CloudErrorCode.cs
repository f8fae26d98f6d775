namespace SkyCompat;

/// <summary>What went wrong, the same on every cloud. Decide on this value, never on a message or a status code.</summary>
/// <remarks>The finer cause is in <see cref="CloudException.Reason"/>.</remarks>
public enum CloudErrorCode
{
    /// <summary>A failure that no table row explains. Not transient; report the provider's code.</summary>
    Unknown = 0,

    /// <summary>The request cannot be right: a key that is too long, a range beyond the end, a malformed setting.</summary>
    InvalidArgument,

    /// <summary>The bucket, object, version or upload does not exist.</summary>
    NotFound,

    /// <summary>Something of that name exists and was asked not to.</summary>
    AlreadyExists,

    /// <summary>A condition of the request does not hold: the stored object is another one than expected.</summary>
    PreconditionFailed,

    /// <summary>The resource is in a state that forbids the operation, or another writer was in the way.</summary>
    Conflict,

    /// <summary>The credentials are missing, unknown, expired or wrongly signed.</summary>
    Unauthenticated,

    /// <summary>The credentials are good and do not allow this.</summary>
    PermissionDenied,

    /// <summary>A limit of the account, the store or this process's configuration is used up.</summary>
    QuotaExceeded,

    /// <summary>The provider has no free capacity of the kind asked for now.</summary>
    CapacityShortage,

    /// <summary>The provider asks to slow down.</summary>
    Throttled,

    /// <summary>The provider or the way to it is broken for now.</summary>
    Unavailable,

    /// <summary>No progress within the idle timeout.</summary>
    Timeout,

    /// <summary>This provider cannot do what was asked. Raised before any request is sent.</summary>
    Unsupported,

    /// <summary>Bytes differ from their checksum.</summary>
    DataCorrupted,
}
