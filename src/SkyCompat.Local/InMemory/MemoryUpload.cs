using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>An unfinished upload in memory.</summary>
internal sealed class MemoryUpload(MultipartUpload upload, PutOptions options)
{
    public MultipartUpload Upload => upload;

    public PutOptions Options => options;

    public SortedDictionary<int, (UploadedPart Part, byte[] Bytes)> Parts { get; } = [];
}
