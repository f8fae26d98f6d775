using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>The objects of one bucket in memory. Every member is called with the store's lock held.</summary>
internal sealed class MemoryBucket(string name, DateTimeOffset createdAt, TimeProvider time)
{
    private long _sequence;

    public string Name => name;

    public DateTimeOffset CreatedAt => createdAt;

    public VersioningState Versioning { get; set; }

    public SortedSet<MemoryKey> Keys { get; } = [];

    public SortedDictionary<(MemoryKey Key, long Id), MemoryUpload> Uploads { get; } = [];

    public bool IsEmpty => Keys.Count == 0 && Uploads.Count == 0;

    /// <summary>The keys that are not before another, in order.</summary>
    public static IEnumerable<MemoryKey> From(SortedSet<MemoryKey> keys, byte[] lowest)
    {
        var start = new MemoryKey(lowest);
        return keys.Max is { } last && start.CompareTo(last) <= 0 ? keys.GetViewBetween(start, last) : [];
    }

    public MemoryKey? Find(string key) => Keys.TryGetValue(new MemoryKey(key), out var found) ? found : null;

    /// <summary>What a read wants: the current object, or a version of it that is not a delete marker.</summary>
    public MemoryObject? FindReadable(string key, string? versionId) => versionId is null
        ? Find(key)?.Current
        : Find(key)?.Versions.Find(version => version.VersionId == versionId && !version.IsMarker);

    public MemoryObject RequireReadable(string key, string? versionId) => FindReadable(key, versionId) ?? throw StorageErrors.NotFound(key, versionId);

    public MemoryObject Put(string key, ReadOnlyMemory<byte> body, uint crc, PutOptions options)
    {
        Conditions.CheckWrite(options.Condition, key, Find(key)?.Current?.Tag ?? default);
        return Install(key, new MemoryObject
        {
            Sequence = 0,
            Versioned = false,
            LastModified = default,
            Body = body,
            Crc = crc,
            Tier = options.Tier,
            Headers = options.Headers,
            Metadata = Freeze(options.Metadata),
            Tags = Freeze(options.Tags),
        });
    }

    public MemoryObject Copy(MemoryObject source, string key, CopyOptions options)
    {
        Conditions.CheckWrite(options.Condition, key, Find(key)?.Current?.Tag ?? default);
        var copy = source with { Tier = options.Tier ?? StorageTier.Standard };
        return Install(key, options.Attributes is not { } attributes
            ? copy
            : copy with
            {
                Headers = attributes.Headers,
                Metadata = Freeze(attributes.Metadata),
                Tags = attributes.Tags is { } tags ? Freeze(tags) : source.Tags,
            });
    }

    public DeleteOutcome Delete(string key, DeleteOptions options)
    {
        var found = Find(key);
        if (options.VersionId is { } versionId)
        {
            var version = found?.Versions.Find(version => version.VersionId == versionId);
            Conditions.CheckMatch(options.IfMatch, key, version?.Tag ?? default);
            if (found is null || version is null)
            {
                return DeleteOutcome.Missing;
            }

            found.Versions.Remove(version);
            RemoveIfEmpty(found);
            return DeleteOutcome.Deleted;
        }

        Conditions.CheckMatch(options.IfMatch, key, found?.Current?.Tag ?? default);
        if (found?.Current is not { } current)
        {
            return DeleteOutcome.Missing;
        }

        Retire(found);
        if (Versioning != VersioningState.Disabled)
        {
            found.Versions.Add(new MemoryObject
            {
                Sequence = ++_sequence,
                Versioned = Versioning == VersioningState.Enabled,
                LastModified = Now(current),
                IsMarker = true,
                Metadata = ReadOnlyDictionary<string, string>.Empty,
                Tags = ReadOnlyDictionary<string, string>.Empty,
            });
        }

        RemoveIfEmpty(found);
        return DeleteOutcome.Deleted;
    }

    /// <summary>Changes what is no part of the content: tag and time stay as they are.</summary>
    public void Update(string key, Func<MemoryObject, MemoryObject> change)
    {
        var found = Find(key);
        var current = found?.Current ?? throw StorageErrors.ObjectNotFound(key);
        found!.Versions[^1] = change(current);
    }

    public VersionPage ListVersions(ListVersionsOptions options)
    {
        var pageSize = LocalCapabilities.PageSize(options.PageSize);
        var prefix = Encoding.UTF8.GetBytes(options.Prefix ?? "");
        var (start, before) = options.ContinuationToken is { } token ? SequencedToken.Parse(token) : (prefix, long.MaxValue);
        var entries = new List<VersionEntry>();
        long last = 0;
        foreach (var key in From(Keys, start).TakeWhile(key => key.Bytes.AsSpan().StartsWith(prefix)))
        {
            foreach (var version in Enumerable.Reverse(key.Versions))
            {
                if (version.Sequence >= before && key.Bytes.AsSpan().SequenceEqual(start))
                {
                    continue;
                }

                if (entries.Count == pageSize)
                {
                    return new VersionPage(entries, SequencedToken.Format(entries[^1].Key, last));
                }

                last = version.Sequence;
                entries.Add(new VersionEntry
                {
                    Key = Encoding.UTF8.GetString(key.Bytes),
                    VersionId = version.VersionId,
                    IsLatest = ReferenceEquals(version, key.Versions[^1]),
                    IsDeleteMarker = version.IsMarker,
                    Size = version.Body.Length,
                    Tag = version.Tag,
                    LastModified = version.LastModified,
                });
            }
        }

        return new VersionPage(entries, ContinuationToken: null);
    }

    public static IReadOnlyDictionary<string, string> Freeze(IReadOnlyDictionary<string, string> pairs) =>
        pairs.Count == 0 ? ReadOnlyDictionary<string, string>.Empty : new Dictionary<string, string>(pairs, StringComparer.Ordinal);

    public static VersionTag NewTag() => VersionTag.Parse(ObjectWrites.NewTag().ToString("x16", CultureInfo.InvariantCulture));

    private MemoryObject Install(string key, MemoryObject content)
    {
        var found = Find(key);
        if (found is null)
        {
            Keys.Add(found = new MemoryKey(key));
        }

        var installed = content with
        {
            Sequence = ++_sequence,
            Versioned = Versioning == VersioningState.Enabled,
            Tag = NewTag(),
            LastModified = Now(found.Current),
        };
        Retire(found);
        found.Versions.Add(installed);
        return installed;
    }

    /// <summary>Makes room for a new current object or delete marker: all stays where versions are kept, otherwise the "null" version goes.</summary>
    private void Retire(MemoryKey key)
    {
        if (Versioning != VersioningState.Enabled)
        {
            key.Versions.RemoveAll(version => !version.Versioned);
        }
    }

    private void RemoveIfEmpty(MemoryKey key)
    {
        if (key.Versions.Count == 0)
        {
            Keys.Remove(key);
        }
    }

    private DateTimeOffset Now(MemoryObject? replaced)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        return replaced is not null && replaced.LastModified > now ? replaced.LastModified : now;
    }
}
