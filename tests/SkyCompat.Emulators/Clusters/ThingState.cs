namespace SkyCompat.Emulators.Clusters;

/// <summary>Where a thing is in its life.</summary>
public enum ThingState
{
    Creating,
    Running,
    Updating,
    Deleting,
    Gone,
    Failed,
}
