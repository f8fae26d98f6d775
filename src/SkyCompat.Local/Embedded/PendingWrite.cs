namespace SkyCompat.Local;

/// <summary>A change of the index that waits for its turn.</summary>
internal abstract class PendingWrite
{
    /// <summary>Whether it has failed already, alone.</summary>
    public bool HasFailed { get; protected set; }

    /// <summary>Ends the wait without running, if the caller gave up.</summary>
    public abstract bool TryCancel();

    /// <summary>Makes the change; it becomes visible with the whole transaction.</summary>
    public abstract void Run(WriteTransaction transaction);

    /// <summary>Reports what <see cref="Run"/> came to.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception error);
}
