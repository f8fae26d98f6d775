using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Multipart uploads. Parts are bodies of their own; completing makes a list of them, without touching a byte.</summary>
internal static class Uploads
{
    private const int PageSize = 1000;

    public static MultipartUpload Create(WriteTransaction transaction, string bucketName, string key, PutOptions options, byte[]? attributes, long now)
    {
        var bucket = transaction.RequireBucket(bucketName);
        var id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        transaction.Database.Prepare("INSERT INTO uploads VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, id).Bind(2, bucket.Id).Bind(3, Encoding.UTF8.GetBytes(key)).Bind(4, now).Bind(5, (long)options.Tier).Bind(6, attributes).Execute();
        return new MultipartUpload(key, FormatId(id)) { StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(now) };
    }

    public static UploadedPart PutPart(WriteTransaction transaction, string bucketName, MultipartUpload upload, int number, ReceivedBody body)
    {
        var row = Require(transaction.Database, transaction.RequireBucket(bucketName), upload);
        return StorePart(transaction, row.Id, number, body.Size, body.Crc, body.Add(transaction));
    }

    /// <summary>Makes a part of bytes that an object has: it shares that object's bodies.</summary>
    public static UploadedPart CopyPart(WriteTransaction transaction, string bucketName, MultipartUpload upload, int number, CopySource source, ServedRange range, PartSource expected)
    {
        var row = Require(transaction.Database, transaction.RequireBucket(bucketName), upload);
        var original = ObjectWrites.RequireSource(transaction, source);
        if (original.Tag != expected.Tag)
        {
            throw StorageErrors.ObjectChanged(source.Key);
        }

        var segments = BodyTable.Flatten(transaction.Database, original.Body, range);
        foreach (var segment in segments)
        {
            BodyTable.AddReference(transaction, segment.Body);
        }

        return StorePart(transaction, row.Id, number, range.Length, expected.Crc, BodyTable.AddJoined(transaction, segments));
    }

    public static ObjectRow Complete(
        WriteTransaction transaction, string bucketName, MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, long now)
    {
        var bucket = transaction.RequireBucket(bucketName);
        var row = Require(transaction.Database, bucket, upload);
        var stored = ReadParts(transaction.Database, row.Id, after: 0, int.MaxValue).ToDictionary(part => part.Number);
        long size = 0;
        uint crc = 0;
        foreach (var part in parts)
        {
            if (!stored.TryGetValue(part.Number, out var known) || ObjectRow.FormatTag(known.Tag) != part.Tag)
            {
                throw StorageErrors.UnknownPart(upload.UploadId, part.Number);
            }

            crc = Crc32C.Combine(crc, known.Crc, known.Size);
            size += known.Size;
        }

        StoredCrc.Verify(crc, checksum, upload.Key);
        var key = Encoding.UTF8.GetBytes(upload.Key);
        var existing = ObjectTable.Find(transaction.Database, bucket.Id, key);
        Conditions.CheckWrite(options.Condition, upload.Key, existing?.VersionTag ?? default);

        var used = new List<PartRow>(parts.Count);
        foreach (var part in parts)
        {
            stored.Remove(part.Number, out var known);
            used.Add(known!);
        }

        var body = Join(transaction, used);
        foreach (var unused in stored.Values)
        {
            BodyTable.Release(transaction, unused.Body);
        }

        Remove(transaction, row.Id);
        var installed = new ObjectRow { Size = size, Tag = ObjectWrites.NewTag(), Tier = row.Tier, Crc = crc, Body = body, Attributes = row.Attributes };
        return ObjectTable.Install(transaction, bucket, key, existing, installed, now);
    }

    public static void Abort(WriteTransaction transaction, string bucketName, MultipartUpload upload)
    {
        var row = Require(transaction.Database, transaction.RequireBucket(bucketName), upload);
        foreach (var part in ReadParts(transaction.Database, row.Id, after: 0, int.MaxValue))
        {
            BodyTable.Release(transaction, part.Body);
        }

        Remove(transaction, row.Id);
    }

    public static PartPage ListParts(SqliteDatabase database, BucketRow bucket, MultipartUpload upload, string? continuationToken)
    {
        var row = Require(database, bucket, upload);
        if (!int.TryParse(continuationToken ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            throw StorageErrors.InvalidToken();
        }

        var parts = ReadParts(database, row.Id, after, PageSize + 1);
        var page = parts.Take(PageSize).Select(part => part.ToPart()).ToList();
        return new PartPage(page, parts.Count > PageSize ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    public static UploadPage List(SqliteDatabase database, BucketRow bucket, string? prefix, string? continuationToken)
    {
        var lowest = Encoding.UTF8.GetBytes(prefix ?? "");
        var (key, after) = continuationToken is null ? (lowest, -1) : SequencedToken.Parse(continuationToken);
        var statement = database.Prepare(
            """
            SELECT key, id, started FROM uploads
            WHERE bucket = ?1 AND key >= ?2 AND (key > ?2 OR id > ?3) ORDER BY key, id
            """).Bind(1, bucket.Id).Bind(2, key).Bind(3, after);
        var uploads = new List<MultipartUpload>();
        long last = 0;
        try
        {
            while (statement.Step() && statement.Blob(0).StartsWith(lowest))
            {
                if (uploads.Count == PageSize)
                {
                    return new UploadPage(uploads, SequencedToken.Format(uploads[^1].Key, last));
                }

                last = statement.Int64(1);
                uploads.Add(new MultipartUpload(Encoding.UTF8.GetString(statement.Blob(0)), FormatId(last))
                {
                    StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(2)),
                });
            }
        }
        finally
        {
            statement.Reset();
        }

        return new UploadPage(uploads, ContinuationToken: null);
    }

    /// <summary>The upload in the index.</summary>
    public static UploadRow Require(SqliteDatabase database, BucketRow bucket, MultipartUpload upload)
    {
        if (long.TryParse(upload.UploadId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
        {
            var statement = database.Prepare("SELECT tier, attributes FROM uploads WHERE id = ?1 AND bucket = ?2 AND key = ?3")
                .Bind(1, id).Bind(2, bucket.Id).Bind(3, Encoding.UTF8.GetBytes(upload.Key));
            try
            {
                if (statement.Step())
                {
                    return new UploadRow(id, (StorageTier)statement.Int32(0), statement.IsNull(1) ? null : statement.Blob(1).ToArray());
                }
            }
            finally
            {
                statement.Reset();
            }
        }

        throw StorageErrors.UploadNotFound(upload.UploadId);
    }

    private static BodyReference Join(WriteTransaction transaction, List<PartRow> parts)
    {
        parts.RemoveAll(part => part.Size == 0);
        if (parts.Count == 0)
        {
            return default;
        }

        if (parts.Count == 1)
        {
            return parts[0].Body;
        }

        var segments = new List<BodySegment>(parts.Count);
        foreach (var part in parts)
        {
            var inner = BodyTable.Flatten(transaction.Database, part.Body, new ServedRange(0, part.Size));
            segments.AddRange(inner);
            if (part.Body.Kind == BodyKind.Joined)
            {
                // Lists are one level deep: the object holds what the part's list held.
                inner.ForEach(segment => BodyTable.AddReference(transaction, segment.Body));
                BodyTable.Release(transaction, part.Body);
            }
        }

        return BodyTable.AddJoined(transaction, segments);
    }

    private static UploadedPart StorePart(WriteTransaction transaction, long upload, int number, long size, uint crc, BodyReference body)
    {
        if (ReadParts(transaction.Database, upload, number - 1, 1) is [{ } replaced] && replaced.Number == number)
        {
            BodyTable.Release(transaction, replaced.Body);
        }

        var part = new PartRow(number, ObjectWrites.NewTag(), size, crc, body);
        transaction.Database.Prepare("INSERT OR REPLACE INTO parts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            .Bind(1, upload).Bind(2, number).Bind(3, part.Tag).Bind(4, size).Bind(5, crc).Bind(6, (long)body.Kind).Bind(7, body.Id).Execute();
        return part.ToPart();
    }

    private static List<PartRow> ReadParts(SqliteDatabase database, long upload, int after, int limit)
    {
        var statement = database.Prepare("SELECT number, tag, size, crc, kind, body FROM parts WHERE upload = ?1 AND number > ?2 ORDER BY number LIMIT ?3")
            .Bind(1, upload).Bind(2, after).Bind(3, limit);
        var parts = new List<PartRow>();
        try
        {
            while (statement.Step())
            {
                parts.Add(new PartRow(
                    statement.Int32(0), statement.Int64(1), statement.Int64(2), (uint)statement.Int64(3), new BodyReference((BodyKind)statement.Int32(4), statement.Int64(5))));
            }
        }
        finally
        {
            statement.Reset();
        }

        return parts;
    }

    private static void Remove(WriteTransaction transaction, long upload)
    {
        transaction.Database.Prepare("DELETE FROM parts WHERE upload = ?1").Bind(1, upload).Execute();
        transaction.Database.Prepare("DELETE FROM uploads WHERE id = ?1").Bind(1, upload).Execute();
    }

    private static string FormatId(long id) => id.ToString("x16", CultureInfo.InvariantCulture);
}
