using System.Collections.Concurrent;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A multipart upload of the XML API. Every method is atomic.</summary>
internal sealed class MultipartUpload(string id, UploadTarget target, DateTimeOffset initiated)
{
    private const long SmallestPart = 5 << 20;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, UploadedPart> _parts = [];
    private bool _ended;

    public string Id { get; } = id;

    public UploadTarget Target { get; } = target;

    public DateTimeOffset Initiated { get; } = initiated;

    public IReadOnlyList<UploadedPart> Parts
    {
        get
        {
            lock (_lock)
            {
                return [.. _parts.Values];
            }
        }
    }

    /// <summary>Takes the part, in the place of one of the same number.</summary>
    public void Put(UploadedPart part)
    {
        lock (_lock)
        {
            RequireOpen();
            _parts[part.Number] = part;
        }
    }

    /// <summary>Makes the object of the parts that are named, and ends the upload.</summary>
    public GcsObject Complete(GcsStore store, IReadOnlyList<(int Number, string ETag)> named)
    {
        lock (_lock)
        {
            RequireOpen();
            var chosen = new List<UploadedPart>();
            foreach (var (number, tag) in named)
            {
                if (chosen.Count > 0 && number <= chosen[^1].Number)
                {
                    throw GcsError.Invalid("The list of parts was not in ascending order. Parts must be ordered by part number.", "InvalidPartOrder");
                }

                chosen.Add(_parts.TryGetValue(number, out var part) && part.ETag == tag.Trim('"')
                    ? part
                    : throw GcsError.Invalid("One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", "InvalidPart"));
            }

            if (chosen.SkipLast(1).Any(part => part.Content.Length < SmallestPart))
            {
                throw GcsError.Invalid("Your proposed upload is smaller than the minimum allowed object size.", "EntityTooSmall");
            }

            var created = Target.Commit(store, Content.Concat([.. chosen.Select(part => part.Content)]));
            _ended = true;
            return created;
        }
    }

    public void Abort()
    {
        lock (_lock)
        {
            RequireOpen();
            _ended = true;
        }
    }

    private void RequireOpen()
    {
        if (_ended)
        {
            throw MultipartUploads.NoSuchUpload();
        }
    }
}

internal sealed record UploadedPart(int Number, Content Content, DateTimeOffset Modified)
{
    /// <summary>Without quotes.</summary>
    public string ETag { get; } = Convert.ToHexStringLower(Content.Md5!);
}

/// <summary>The unfinished multipart uploads of a bucket.</summary>
internal sealed class MultipartUploads
{
    private readonly ConcurrentDictionary<string, MultipartUpload> _uploads = new(StringComparer.Ordinal);

    /// <summary>By name of the object, then by id.</summary>
    public IEnumerable<MultipartUpload> Ordered => _uploads.Values.OrderBy(upload => upload.Target.Name, KeyOrder.Instance).ThenBy(upload => upload.Id, StringComparer.Ordinal);

    public void Add(MultipartUpload upload) => _uploads[upload.Id] = upload;

    public void Remove(MultipartUpload upload) => _uploads.TryRemove(upload.Id, out _);

    /// <exception cref="GcsError">404: it is not there, or not for this object.</exception>
    public MultipartUpload Get(string id, string name) => _uploads.TryGetValue(id, out var upload) && upload.Target.Name == name ? upload : throw NoSuchUpload();

    public static GcsError NoSuchUpload() => new(404, "notFound", "The requested upload was not found.", "NoSuchUpload");
}
