namespace SkyCompat.Cli.Transfers;

/// <summary>Turns the names of a copy into transfers, by the rules of docs/cli.md.</summary>
internal static class CopyPlanner
{
    /// <summary>The transfers that a copy consists of: one, or with several sources one per folder that they are in.</summary>
    public static IReadOnlyList<TransferRequest> Plan(IReadOnlyList<Place> sources, Place destination, bool recursive)
    {
        foreach (var source in sources)
        {
            RefuseWhatCannotBe(source, destination, recursive);
        }

        if (sources.Count > 1)
        {
            return PlanSeveral(sources, destination, recursive);
        }

        var isFolder = recursive && !(sources[0].IsLocal && File.Exists(sources[0].Path));
        return [isFolder ? new TransferRequest { Source = Folder(sources[0]), Destination = Folder(destination) } : PlanOne(sources[0], destination)];
    }

    /// <summary>A place as one side of a transfer of many.</summary>
    public static TransferLocation Folder(Place place)
    {
        if (!place.IsLocal)
        {
            return TransferLocation.FromPrefix(place.RequireBucket(), place.FolderPrefix);
        }

        return File.Exists(place.Path) ? throw new UsageException($"'{place}' is a file, and a folder is needed here.") : TransferLocation.FromFolder(place.Path);
    }

    /// <summary>A place as one object or file.</summary>
    public static TransferLocation One(Place place)
    {
        if (place.IsLocal)
        {
            return TransferLocation.FromFile(place.Path);
        }

        var (bucket, key) = place.RequireObject();
        return TransferLocation.FromObject(bucket, key);
    }

    private static TransferRequest PlanOne(Place source, Place destination)
    {
        if (!destination.IsFolder)
        {
            return new TransferRequest { Source = One(source), Destination = One(destination) };
        }

        var name = LastPart(source);
        return new TransferRequest
        {
            Source = One(source),
            Destination = destination.IsLocal ? TransferLocation.FromFile(Path.Join(destination.Path, name)) : TransferLocation.FromObject(destination.RequireBucket(), destination.Path + name),
        };
    }

    /// <summary>Files of one folder go in one transfer, so that a thousand files of a shell's pattern are moved in parallel.</summary>
    private static List<TransferRequest> PlanSeveral(IReadOnlyList<Place> sources, Place destination, bool recursive)
    {
        if (recursive)
        {
            throw new UsageException("--recursive takes one source. Run it once per folder, or name the folder above with --include.");
        }

        if (!destination.IsFolder)
        {
            throw new UsageException($"Several sources need a folder to go to. Write '{destination}/' with a slash at its end.");
        }

        return
        [
            .. from source in sources
               group source by (source.Name with { Key = source.Path[..^LastPart(source).Length] }) into folder
               let first = folder.First()
               select new TransferRequest
               {
                   Source = first.IsLocal ? TransferLocation.FromFolder(folder.Key.Key) : TransferLocation.FromPrefix(first.RequireBucket(), folder.Key.Key),
                   Destination = Folder(destination),
                   Names = folder.Select(LastPart).Distinct(StringComparer.Ordinal).ToAsyncEnumerable(),
               },
        ];
    }

    private static void RefuseWhatCannotBe(Place source, Place destination, bool recursive)
    {
        if (source.IsLocal && destination.IsLocal)
        {
            throw new UsageException("Both sides are on this machine; one must be cloud:bucket/key or @logical/key.");
        }

        if (source.IsLocal && !File.Exists(source.Path) && !Directory.Exists(source.Path))
        {
            throw new MissingException($"There is no file or folder '{source}'.");
        }

        if (!source.IsLocal)
        {
            source.RequireBucket();
        }

        if (!destination.IsLocal)
        {
            destination.RequireBucket();
        }

        if (source.IsFolder && !recursive)
        {
            throw new UsageException($"'{source}' is a folder; add -r to copy everything beneath it.");
        }
    }

    private static string LastPart(Place place)
    {
        var name = place.IsLocal ? Path.GetFileName(place.Path) : place.Path[(place.Path.LastIndexOf('/') + 1)..];
        return name is "" or "." or ".." ? throw new UsageException($"'{place}' ends with a name that no file can have; write the whole name of the destination.") : name;
    }
}
