namespace SkyCompat.ObjectStorage;

/// <summary>Compares the bytes of a whole object, as they are read, with the checksum that the store keeps.</summary>
internal sealed class BodyVerifier : IDisposable
{
    private readonly Checksum _expected;
    private readonly ChecksumHasher _hasher;
    private readonly string _resource;

    private BodyVerifier(Checksum expected, string resource)
    {
        _expected = expected;
        _resource = resource;
        _hasher = new ChecksumHasher(expected.Algorithm);
    }

    /// <summary>Makes a verifier if the whole object is read and the store keeps a checksum of it.</summary>
    public static BodyVerifier? TryCreate(GetOptions options, ObjectInfo info, long offset, long length, string resource) =>
        options.VerifyChecksum && info.Checksum is { } expected && offset == 0 && length == info.Size ? new BodyVerifier(expected, resource) : null;

    public void Append(ReadOnlySpan<byte> bytes) => _hasher.Append(bytes);

    /// <summary>Called with all bytes appended.</summary>
    public void Check()
    {
        var actual = _hasher.GetChecksum();
        if (!actual.Equals(_expected))
        {
            throw new CloudException(CloudErrorCode.DataCorrupted, $"The bytes received have checksum {actual}; the store keeps {_expected}. Read again; if it stays so, the stored object is damaged.")
            {
                Reason = ObjectStorageErrorReasons.ChecksumMismatch,
                Operation = "GetObject",
                Resource = _resource,
            };
        }
    }

    public void Dispose() => _hasher.Dispose();
}
