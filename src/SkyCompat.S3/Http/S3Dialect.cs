using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>The words of the protocol: S3's own here, and those of a store that says the same in words of its own where an adapter derives from this.</summary>
internal class S3Dialect
{
    /// <param name="headerPrefix">What all headers of the store's own start with, such as <c>x-amz-</c>.</param>
    protected S3Dialect(string headerPrefix)
    {
        MetadataPrefix = headerPrefix + "meta-";
        StorageClass = headerPrefix + "storage-class";
        Tagging = headerPrefix + "tagging";
        TaggingDirective = headerPrefix + "tagging-directive";
        MetadataDirective = headerPrefix + "metadata-directive";
        CopySource = headerPrefix + "copy-source";
        CopySourceIfMatch = headerPrefix + "copy-source-if-match";
        CopySourceRange = headerPrefix + "copy-source-range";
        VersionId = headerPrefix + "version-id";
        BucketRegion = headerPrefix + "bucket-region";
    }

    /// <summary>S3's own.</summary>
    public static S3Dialect Amazon { get; } = new("x-amz-");

    public string MetadataPrefix { get; }

    public string StorageClass { get; }

    public string Tagging { get; }

    public string TaggingDirective { get; }

    public string MetadataDirective { get; }

    public string CopySource { get; }

    public string CopySourceIfMatch { get; }

    public string CopySourceRange { get; }

    public string VersionId { get; }

    public string BucketRegion { get; }

    /// <summary>What the names of reply headers with checksums start with.</summary>
    public virtual string ChecksumPrefix => "x-amz-checksum-";

    /// <summary>The name of the class of <see cref="StorageTier.Standard"/>.</summary>
    public virtual string StandardClass => "STANDARD";

    /// <summary>The directive that gives a copy new tags.</summary>
    public virtual string ReplaceTags => "REPLACE";

    /// <summary>The XML namespace of documents in requests; null for none.</summary>
    public virtual string? XmlNamespace => "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>Whether a query parameter without value is written, and signed, with an equals sign.</summary>
    public virtual bool WritesEmptyValues => true;

    /// <summary>Adds a range to a request.</summary>
    public virtual void AddRange(S3Request request, ByteRange range) => request.AddHeader("range", range.ToString());

    /// <summary>Adds the checksum of a body to its request.</summary>
    /// <param name="request">The request, with its body.</param>
    /// <param name="checksum">The checksum; null for none.</param>
    /// <param name="isExposed">Whether somebody between here and the store could change the body.</param>
    public virtual void AddChecksum(S3Request request, Checksum? checksum, bool isExposed) => S3Checksums.Add(request, checksum);

    /// <summary>Compares what a store that tells the checksum of what it received tells with what was sent.</summary>
    /// <param name="response">The reply to a write.</param>
    /// <param name="sent">The checksum of what was sent; null if it is not known.</param>
    /// <param name="isRepeatable">Whether sending the same again would put it right.</param>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.DataCorrupted"/>: they differ.</exception>
    public virtual void CheckStored(HttpResponseMessage response, Checksum? sent, bool isRepeatable)
    {
        // S3 compares before it stores, and refuses.
    }

    /// <summary>The checksum of the whole object in the reply to a read; null if there is none.</summary>
    /// <param name="response">The reply, which has a header with <see cref="ChecksumPrefix"/>.</param>
    /// <param name="tag">The object's tag.</param>
    /// <returns>The checksum.</returns>
    public virtual Checksum? ReadChecksum(HttpResponseMessage response, string? tag) =>
        // The checksum that comes with a range is that of a part on some stores.
        response.StatusCode == System.Net.HttpStatusCode.OK ? S3Checksums.Read(response.Headers, wasMultipart: tag?.Contains('-', StringComparison.Ordinal) == true) : null;

    /// <summary>Reads an error that a reply without body carries in a header.</summary>
    public virtual S3ErrorDocument ReadErrorHeader(HttpResponseMessage response) => default;

    /// <summary>Makes the error of a reply, by the error table.</summary>
    public virtual CloudException CreateError(in S3Failure failure, S3Subject subject, S3Condition condition, bool isWrite) => S3Errors.Create(failure, subject, condition, isWrite);
}
