using System.Buffers;

namespace SkyCompat.ObjectStorage;

/// <summary>Takes parts whose checksum the engine computed while their bytes came. It is taken as given: a caller's may be wrong, and not every store looks at what it is sent.</summary>
internal interface IHashedParts
{
    /// <summary>As <see cref="IMultipartUploads.PutPartAsync"/>.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">The part's number.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="checksum">Their checksum by <see cref="BucketCapabilities.UploadChecksumAlgorithm"/>.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ReadOnlySequence<byte> bytes, Checksum checksum, CancellationToken cancellationToken);
}
