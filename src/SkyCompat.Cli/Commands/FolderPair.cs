namespace SkyCompat.Cli.Commands;

/// <summary>Checks that two names can be compared or synced.</summary>
internal static class FolderPair
{
    public static void Require(Place source, Place destination)
    {
        if (source.IsLocal && destination.IsLocal)
        {
            throw new UsageException("Both sides are on this machine; one must be cloud:bucket/key or @logical/key.");
        }

        foreach (var place in (Place[])[source, destination])
        {
            if (!place.IsLocal)
            {
                place.RequireBucket();
            }
        }

        if (source.IsLocal && !Directory.Exists(source.Path))
        {
            throw File.Exists(source.Path) ? new UsageException($"'{source}' is a file; use cp, or name its folder with --include.") : new MissingException($"There is no folder '{source}'.");
        }
    }
}
