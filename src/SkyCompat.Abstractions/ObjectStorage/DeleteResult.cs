namespace SkyCompat.ObjectStorage;

/// <summary>What became of one key that was to be deleted.</summary>
/// <param name="Key">The key as it was asked.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">Why it failed, for <see cref="DeleteOutcome.Failed"/>; only bulk deletes report failures this way.</param>
public readonly record struct DeleteResult(string Key, DeleteOutcome Outcome, CloudException? Error = null);
