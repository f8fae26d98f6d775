using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>Tells what this library made.</summary>
internal static class OwnedResources
{
    /// <summary>Whether a resource has an owner's tag, is in a region and is there to stay.</summary>
    public static bool IsOwnedIn(this JsonElement resource, string region) => resource.IsThereIn(region) && !resource.IsBeingDeleted();

    /// <summary>Whether a resource has an owner's tag and is in a region, if only until its deletion is done.</summary>
    public static bool IsThereIn(this JsonElement resource, string region) => resource.IsIn(region) && resource.Tags().ContainsKey(ComputeTags.Owner);
}
