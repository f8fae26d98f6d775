namespace SkyCompat.Compute;

/// <summary>The values of <see cref="CloudException.Reason"/> for compute, each with the code it refines.</summary>
public static class ComputeErrorReasons
{
    /// <summary>NotFound: the instance does not exist.</summary>
    public const string InstanceNotFound = nameof(InstanceNotFound);

    /// <summary>NotFound: no image has that id, or the provider has none of that family.</summary>
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>NotFound: no offer meets the need; the message names which limit ruled out how many.</summary>
    public const string NoOffer = nameof(NoOffer);

    /// <summary>NotFound: the operation's launch left no instance; launch again with the same key.</summary>
    public const string NothingLaunched = nameof(NothingLaunched);

    /// <summary>Conflict: the idempotency key was used with other parameters.</summary>
    public const string KeyReused = nameof(KeyReused);

    /// <summary>Conflict: the instance's state forbids the action.</summary>
    public const string WrongState = nameof(WrongState);

    /// <summary>CapacityShortage: the provider took the spot instance back.</summary>
    public const string Preempted = nameof(Preempted);

    /// <summary>Unavailable: the instance ended in a state it cannot leave while it was waited for.</summary>
    public const string TerminalState = nameof(TerminalState);

    /// <summary>Of any code: fewer instances than the minimum could be launched, because of the inner error; none was kept.</summary>
    public const string BelowMinimum = nameof(BelowMinimum);

    /// <summary>Conflict: what a failed launch left could not be removed, and may be billed; the message names it. No other offer is tried.</summary>
    public const string CleanupIncomplete = nameof(CleanupIncomplete);

    /// <summary>InvalidArgument: the token is not one of an operation.</summary>
    public const string BadOperationToken = nameof(BadOperationToken);

    /// <summary>InvalidArgument: user data is longer than the provider takes.</summary>
    public const string UserDataTooLarge = nameof(UserDataTooLarge);

    /// <summary>InvalidArgument: a tag that the provider cannot hold.</summary>
    public const string TagNotSupported = nameof(TagNotSupported);
}
