using System.Security.Cryptography;
using System.Text;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Changes objects. Each change checks everything before it changes anything, so that a refused one leaves no trace in its group.</summary>
internal static class ObjectWrites
{
    public static ObjectRow Put(WriteTransaction transaction, string bucketName, string key, ReceivedBody body, PutOptions options, byte[]? attributes, long now)
    {
        var bucket = transaction.RequireBucket(bucketName);
        var bytes = Encoding.UTF8.GetBytes(key);
        var existing = ObjectTable.Find(transaction.Database, bucket.Id, bytes);
        Conditions.CheckWrite(options.Condition, key, existing?.VersionTag ?? default);
        var row = new ObjectRow
        {
            Size = body.Size,
            Tag = NewTag(),
            Tier = options.Tier,
            Crc = body.Crc,
            Body = body.Add(transaction),
            Attributes = attributes,
        };
        return ObjectTable.Install(transaction, bucket, bytes, existing, row, now);
    }

    public static ObjectRow Copy(WriteTransaction transaction, string bucketName, CopySource source, string key, CopyOptions options, long now)
    {
        var bucket = transaction.RequireBucket(bucketName);
        var bytes = Encoding.UTF8.GetBytes(key);
        var original = RequireSource(transaction, source);
        var existing = ObjectTable.Find(transaction.Database, bucket.Id, bytes);
        Conditions.CheckWrite(options.Condition, key, existing?.VersionTag ?? default);

        // Held before the replaced object lets go, as it may be the same body.
        BodyTable.AddReference(transaction, original.Body);
        var row = original with
        {
            Tag = NewTag(),
            Tier = options.Tier ?? StorageTier.Standard,
            Attributes = options.Attributes is { } attributes
                ? StoredAttributes.Of(attributes.Headers, attributes.Metadata, attributes.Tags ?? StoredAttributes.Read(original.Attributes).ToTags()).Write()
                : original.Attributes,
        };
        return ObjectTable.Install(transaction, bucket, bytes, existing, row, now);
    }

    /// <summary>The object that a copy reads.</summary>
    public static ObjectRow RequireSource(WriteTransaction transaction, CopySource source)
    {
        var bucket = transaction.RequireBucket(source.Bucket.Name);
        var row = ObjectTable.FindReadable(transaction.Database, bucket.Id, Encoding.UTF8.GetBytes(source.Key), source.VersionId)
            ?? throw StorageErrors.NotFound(source.Key, source.VersionId);
        Conditions.CheckMatch(source.IfMatch, source.Key, row.VersionTag);
        Conditions.CheckTier(row.Tier, source.Key);
        return row;
    }

    public static DeleteOutcome Delete(WriteTransaction transaction, string bucketName, string key, DeleteOptions options, long now)
    {
        var bucket = transaction.RequireBucket(bucketName);
        var bytes = Encoding.UTF8.GetBytes(key);
        if (options.VersionId is { } versionId)
        {
            var version = ObjectTable.FindVersion(transaction.Database, bucket.Id, bytes, versionId);
            Conditions.CheckMatch(options.IfMatch, key, version is { IsMarker: false } ? version.Row.VersionTag : default);
            if (version is null)
            {
                return DeleteOutcome.Missing;
            }

            ObjectTable.DeleteVersion(transaction, bucket.Id, bytes, version);
            return DeleteOutcome.Deleted;
        }

        var existing = ObjectTable.Find(transaction.Database, bucket.Id, bytes);
        Conditions.CheckMatch(options.IfMatch, key, existing?.VersionTag ?? default);
        if (existing is null)
        {
            // S3 would add one more delete marker here; a marker that hides nothing only makes a bucket hard to empty.
            return DeleteOutcome.Missing;
        }

        ObjectTable.Delete(transaction, bucket, bytes, existing, now);
        return DeleteOutcome.Deleted;
    }

    /// <summary>Changes columns of the current object that are no part of its content: tag and time stay as they are.</summary>
    public static void Update(WriteTransaction transaction, string bucketName, string key, Func<ObjectRow, ObjectRow> change)
    {
        var bucket = transaction.RequireBucket(bucketName);
        var bytes = Encoding.UTF8.GetBytes(key);
        var existing = ObjectTable.Find(transaction.Database, bucket.Id, bytes) ?? throw StorageErrors.ObjectNotFound(key);
        ObjectTable.Store(transaction, bucket.Id, bytes, change(existing));
    }

    /// <summary>A tag that no other write has.</summary>
    public static long NewTag()
    {
        Span<byte> random = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(random);
        return BitConverter.ToInt64(random);
    }
}
