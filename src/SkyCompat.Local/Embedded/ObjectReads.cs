using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Reads objects: one look into the index, then the body from where it is.</summary>
internal static class ObjectReads
{
    private const int OpenedSegments = 64;
    private const int MaxAttempts = 16;

    // Bucket and object in one statement, so that a missing bucket is told from a missing object.
    private const string FindSql =
        $"""
        SELECT b.id, b.versioning, sequence, versioned, size, tag, modified, tier, crc, kind, body, attributes
        FROM buckets b LEFT JOIN objects o ON o.bucket = b.id AND o.key = ?2 WHERE b.name = ?1
        """;

    /// <summary>Finds an object or a version of it.</summary>
    /// <returns>Null if there is none.</returns>
    public static (ObjectRow Row, VersioningState State)? Find(SqliteDatabase database, string bucket, byte[] key, string? versionId)
    {
        BucketRow found;
        var statement = database.Prepare(FindSql).Bind(1, bucket).Bind(2, key);
        try
        {
            if (!statement.Step())
            {
                throw StorageErrors.BucketNotFound(bucket);
            }

            found = new BucketRow(statement.Int64(0), (VersioningState)statement.Int32(1));
            if (versionId is null)
            {
                return statement.IsNull(2) ? null : (ObjectRow.Read(statement, 2), found.Versioning);
            }
        }
        finally
        {
            statement.Reset();
        }

        return ObjectTable.FindReadable(database, found.Id, key, versionId) is { } row ? (row, found.Versioning) : null;
    }

    public static ObjectInfo? TryGetInfo(LocalStore store, string bucket, string key, string? versionId) =>
        store.Readers.Use((bucket, key, versionId), static (database, job) =>
            Find(database, job.bucket, Encoding.UTF8.GetBytes(job.key), job.versionId) is { } found ? found.Row.ToInfo(job.key, found.State) : null);

    public static ObjectContent Get(LocalStore store, string bucket, string key, GetOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var plan = store.Readers.Use((bucket, key, options), static (database, job) => Plan(database, job.bucket, job.key, job.options));
            if (TryOpen(store, plan) is { } body)
            {
                return new ObjectContent(plan.Info, plan.Range.Offset, plan.Range.Length, body);
            }

            // The object was replaced between two looks or before the opening; a body that is still gone after many looks is lost.
            if (attempt == MaxAttempts)
            {
                throw StorageErrors.BodyDamaged(key, "it is missing");
            }
        }
    }

    private static ReadPlan Plan(SqliteDatabase database, string bucket, string key, GetOptions options)
    {
        if (Find(database, bucket, Encoding.UTF8.GetBytes(key), options.VersionId) is not { } found)
        {
            throw StorageErrors.NotFound(key, options.VersionId);
        }

        var info = found.Row.ToInfo(key, found.State);
        Conditions.CheckRead(options.Condition, info);
        Conditions.CheckTier(info.Tier, key);
        var range = ServedRange.Of(options.Range, key, info.Size);
        var body = found.Row.Body;
        return body.Kind switch
        {
            BodyKind.Inline => new ReadPlan(info, range, BodyTable.ReadInline(database, body.Id, range), []),
            BodyKind.Empty => new ReadPlan(info, range, [], []),
            _ => new ReadPlan(info, range, null, BodyTable.Flatten(database, body, range)),
        };
    }

    private static Stream? TryOpen(LocalStore store, ReadPlan plan)
    {
        var key = plan.Info.Key;
        if (plan.Inline is { } bytes)
        {
            return new MemoryBodyStream(bytes);
        }

        if (plan.Segments.Sum(segment => segment.Length) != plan.Range.Length)
        {
            return null;
        }

        if (plan.Segments.Count == 1)
        {
            return OpenSegment(store, plan.Segments[0], key);
        }

        var stream = new JoinedBodyStream(plan.Segments, segment => OpenSegment(store, segment, key), key);
        if (stream.TryOpen(OpenedSegments))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>Opens some bytes of an inline or file body.</summary>
    /// <returns>Null if the body is gone.</returns>
    public static Stream? OpenSegment(LocalStore store, BodySegment segment, string key)
    {
        if (segment.Body.Kind == BodyKind.File)
        {
            return store.Files.TryOpen(segment.Body.Id) is { } handle ? new FileBodyStream(handle, key, segment.Offset, segment.Length) : null;
        }

        var inline = store.Readers.Use(segment, static (database, segment) =>
            BodyTable.ReadInline(database, segment.Body.Id, new ServedRange(segment.Offset, segment.Length)));
        return inline is null ? null : new MemoryBodyStream(inline);
    }

    private sealed record ReadPlan(ObjectInfo Info, ServedRange Range, byte[]? Inline, List<BodySegment> Segments);
}
