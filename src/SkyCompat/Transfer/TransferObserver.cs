namespace SkyCompat.Transfer;

/// <summary>Follows a transfer. Derive from it and override what is wanted. Called from any thread, one call at a time; what it throws ends the transfer.</summary>
public abstract class TransferObserver
{
    /// <summary>Called once before anything is listed, with the routes and what will be lost.</summary>
    /// <param name="outline">What is known before the start.</param>
    public virtual void OnStarting(TransferOutline outline)
    {
    }

    /// <summary>Called about four times a second while the transfer runs, and once at its end.</summary>
    /// <param name="progress">The state of the whole.</param>
    public virtual void OnProgress(TransferProgress progress)
    {
    }

    /// <summary>Called when an object is done: copied, skipped, deleted or failed.</summary>
    /// <param name="result">What became of it.</param>
    public virtual void OnObject(TransferResult result)
    {
    }
}
