namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A bucket. Its members are used under its lock.</summary>
internal sealed class OssBucket(string name, string owner, DateTimeOffset created)
{
    public const string NullVersion = "null";

    private readonly SortedSet<string> _order = new(OssText.Order);
    private readonly Dictionary<string, List<OssVersion>> _versions = new(StringComparer.Ordinal);

    public Lock Lock { get; } = new();

    public string Name { get; } = name;

    public string Owner { get; } = owner;

    public DateTimeOffset Created { get; } = created;

    /// <summary>Enabled, Suspended, or null where versions were never kept.</summary>
    public string? Versioning { get; set; }

    public Dictionary<string, OssUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => _versions.Count == 0 && Uploads.Count == 0;

    /// <summary>Whether a key has an object now.</summary>
    public bool Exists(string key) => _versions.TryGetValue(key, out var versions) && !versions[^1].IsDeleteMarker;

    /// <summary>The keys from one on, in order; those whose versions are all there is to see included.</summary>
    public IEnumerable<string> KeysFrom(string? first) => first is null || _order.Count == 0 || OssText.Order.Compare(first, _order.Max!) > 0
        ? first is null ? _order : []
        : _order.GetViewBetween(first, _order.Max!);

    /// <summary>The versions of a key, oldest first.</summary>
    public IReadOnlyList<OssVersion> VersionsOf(string key) => _versions.TryGetValue(key, out var versions) ? versions : [];

    /// <summary>The newest version of a key that is an object; null if there is none.</summary>
    public OssVersion? Latest(string key) => _versions.TryGetValue(key, out var versions) && !versions[^1].IsDeleteMarker ? versions[^1] : null;

    public OssVersion Find(string key, string? versionId)
    {
        if (!_versions.TryGetValue(key, out var versions))
        {
            throw versionId is null ? OssErrorException.NoSuchKey(key) : NoSuchVersion(key, versionId);
        }

        if (versionId is null)
        {
            return versions[^1] is { IsDeleteMarker: false } latest
                ? latest
                : throw new OssErrorException(404, "NoSuchKey", "The specified key does not exist.") { Details = [("Key", key)], Headers = [("x-oss-delete-marker", "true"), ("x-oss-version-id", versions[^1].Id)] };
        }

        var found = versions.Find(version => version.Id == versionId) ?? throw NoSuchVersion(key, versionId);
        return !found.IsDeleteMarker
            ? found
            : throw new OssErrorException(405, "MethodNotAllowed", "The specified method is not allowed against this resource.") { Headers = [("x-oss-delete-marker", "true"), ("x-oss-version-id", versionId)] };
    }

    /// <summary>Makes a version the newest of its key. "Forbid overwrite" counts only where versions were never kept.</summary>
    public OssVersion Write(string key, OssVersion version, bool forbidsOverwrite)
    {
        if (forbidsOverwrite && Versioning is null && Exists(key))
        {
            throw OssErrorException.FileAlreadyExists();
        }

        if (!_versions.TryGetValue(key, out var versions))
        {
            _versions[key] = versions = [];
            _order.Add(key);
        }

        var id = Versioning == "Enabled" ? NewId() : NullVersion;
        if (id == NullVersion)
        {
            versions.RemoveAll(old => old.Id == NullVersion);
        }

        version = version with { Id = id };
        versions.Add(version);
        return version;
    }

    /// <summary>Replaces a version where it stands, as changes of tags do.</summary>
    public void Replace(string key, OssVersion old, OssVersion changed)
    {
        var versions = _versions[key];
        versions[versions.IndexOf(old)] = changed;
    }

    /// <summary>Deletes an object, or hides it where versions are kept.</summary>
    /// <returns>The version that was deleted, or the marker; null if there was nothing to do.</returns>
    public OssVersion? Delete(string key, string? versionId, DateTimeOffset now)
    {
        if (versionId is not null)
        {
            if (!_versions.TryGetValue(key, out var all) || all.Find(version => version.Id == versionId) is not { } found)
            {
                return null;
            }

            all.Remove(found);
            DropIfEmpty(key, all);
            return found;
        }

        if (Versioning is null)
        {
            if (_versions.Remove(key))
            {
                _order.Remove(key);
            }

            return null;
        }

        return Write(key, new OssVersion { IsDeleteMarker = true, LastModified = now }, forbidsOverwrite: false);
    }

    private void DropIfEmpty(string key, List<OssVersion> versions)
    {
        if (versions.Count == 0)
        {
            _versions.Remove(key);
            _order.Remove(key);
        }
    }

    private static string NewId() => "CAEQ" + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())[..12];

    private static OssErrorException NoSuchVersion(string key, string versionId) => new(404, "NoSuchVersion", "The specified version does not exist.") { Details = [("Key", key), ("VersionId", versionId)] };
}
