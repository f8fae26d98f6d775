using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>What OSS says otherwise than S3: its headers, its checksums, its ranges, its errors.</summary>
internal sealed class OssDialect() : S3Dialect("x-oss-")
{
    private const string ChecksumHeader = "x-oss-hash-crc64ecma";

    public static OssDialect Instance { get; } = new();

    public override string ChecksumPrefix => ChecksumHeader;

    public override string StandardClass => "Standard";

    public override string ReplaceTags => "Replace";

    public override string? XmlNamespace => null;

    public override bool WritesEmptyValues => false;

    /// <summary>Adds a range. By default OSS answers one that ends or starts beyond the object with the whole of it; asked to keep to the standard it does.</summary>
    public override void AddRange(S3Request request, ByteRange range)
    {
        base.AddRange(request, range);
        request.AddHeader("x-oss-range-behavior", "standard");
    }

    /// <summary>The signature covers no body, so where it could be changed on the way an MD5, which is signed, goes along. Elsewhere the CRC-64 of the reply tells all.</summary>
    public override void AddChecksum(S3Request request, Checksum? checksum, bool isExposed)
    {
        if (isExposed && request.Body is { } body)
        {
            request.AddHeader("content-md5", Md5Of(body.Bytes));
        }
    }

    public override void CheckStored(HttpResponseMessage response, Checksum? sent, bool isRepeatable)
    {
        if (sent?.Algorithm == ChecksumAlgorithm.Crc64Ecma && ReadChecksum(response, tag: null) is { } stored && !stored.Equals(sent))
        {
            throw new CloudException(
                CloudErrorCode.DataCorrupted,
                $"The bytes sent have checksum {sent}, and OSS stored bytes with {stored}: they were changed on the way. What is stored is wrong; write it again.")
            {
                Reason = ObjectStorageErrorReasons.ChecksumMismatch,
                IsTransient = isRepeatable,
                MayHaveTakenEffect = true,
                RequestId = S3Headers.RequestId(response),
            };
        }
    }

    /// <summary>The CRC-64 of the whole object, also in a reply to a range, in decimal.</summary>
    public override Checksum? ReadChecksum(HttpResponseMessage response, string? tag)
    {
        if (!ulong.TryParse(S3Headers.Get(response.Headers, ChecksumHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var crc))
        {
            return null;
        }

        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, crc);
        return new Checksum(ChecksumAlgorithm.Crc64Ecma, value);
    }

    /// <summary>The reply to a HEAD has no body; OSS sends its error document in a header, in base64.</summary>
    public override S3ErrorDocument ReadErrorHeader(HttpResponseMessage response)
    {
        var text = S3Headers.Get(response.Headers, "x-oss-err");
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? S3Document.ReadError(bytes.AsSpan(0, length)) : default;
    }

    public override CloudException CreateError(in S3Failure failure, S3Subject subject, S3Condition condition, bool isWrite) => OssErrors.Create(failure, subject, condition, isWrite);

    private static string Md5Of(in System.Buffers.ReadOnlySequence<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var segment in bytes)
        {
            hash.AppendData(segment.Span);
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
