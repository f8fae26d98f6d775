using System.Globalization;
using System.Net;
using System.Xml;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Multipart uploads: create, send and copy parts, list, complete, abort.</summary>
internal sealed class S3Multipart(S3BucketClient client, S3ObjectReader reader, S3Tags tagging)
{
    public async Task<MultipartUpload> CreateAsync(string key, PutOptions options, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Post, key) { IsWrite = true };
        request.AddQuery("uploads");
        S3ObjectHeaders.Add(request, options, client.Context);
        S3Checksums.Announce(request, client.Profile.Checksums);
        if (client.Profile.CreateIfAbsent != S3CreateIfAbsent.IfNoneMatch && options.Condition.Kind == WriteConditionKind.MustNotExist)
        {
            // These stores check at both ends.
            S3ObjectHeaders.AddCondition(request, options.Condition, client.Profile);
        }

        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        var uploadId = document.ReadValue("UploadId");
        return string.IsNullOrEmpty(uploadId)
            ? throw new CloudException(CloudErrorCode.Unknown, "The store started a multipart upload and did not say its id.")
            : new MultipartUpload(key, uploadId) { StartedAt = client.Context.Clock.Now };
    }

    public async Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var request = CreatePartRequest(upload, number, S3Subject.Upload);
        request.Body = body;
        client.Context.Dialect.AddChecksum(request, checksum, client.Context.Endpoint.IsExposed);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        client.Context.Dialect.CheckStored(response, checksum, isRepeatable: true);
        return new UploadedPart(number, VersionTag.Parse(S3Headers.Get(response.Headers, "ETag")), body.Length, checksum);
    }

    public async Task<UploadedPart> CopyPartAsync(MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken)
    {
        // What may be missing here is the source; a missing upload has a code of its own.
        var request = CreatePartRequest(upload, number, S3Subject.Object);
        S3Copier.AddSource(request, client.Context.Dialect, source);
        request.AddHeader(client.Context.Dialect.CopySourceRange, string.Create(CultureInfo.InvariantCulture, $"bytes={offset}-{offset + length - 1}"));
        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        return document.Read(xml =>
        {
            var tag = default(VersionTag);
            Checksum? checksum = null;
            while (xml.ReadToElement())
            {
                if (xml.LocalName == "ETag")
                {
                    tag = VersionTag.Parse(xml.ReadString());
                }
                else
                {
                    checksum = S3Checksums.ReadElement(xml) ?? checksum;
                }
            }

            return new UploadedPart(number, tag, length, checksum);
        });
    }

    public async Task<PartPage> ListPartsAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get, upload.Key) { Subject = S3Subject.Upload };
        request.AddQuery("uploadId", upload.UploadId);
        if (continuationToken is not null)
        {
            request.AddQuery("part-number-marker", int.TryParse(continuationToken, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? continuationToken : throw MarkerToken.Unknown());
        }

        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        return document.Read(ReadParts);
    }

    public async Task<PutResult> CompleteAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var xml = new S3Xml(client.Context.Dialect, "CompleteMultipartUpload");
        foreach (var part in parts)
        {
            xml.Open("Part");
            xml.Add("PartNumber", part.Number.ToString(CultureInfo.InvariantCulture));
            xml.Add("ETag", S3Headers.Quote(part.Tag));
            if (checksum is not null && part.Checksum is { } own && own.Algorithm == checksum.Algorithm && S3Checksums.ElementOf(own.Algorithm) is { } element)
            {
                xml.Add(element, own.ToBase64());
            }

            xml.Close("Part");
        }

        var request = new S3Request(HttpMethod.Post, upload.Key) { IsWrite = true, Subject = S3Subject.Upload };
        request.AddQuery("uploadId", upload.UploadId);
        request.SetBody(xml.ToBytes(), S3Xml.ContentType);
        S3ObjectHeaders.AddCondition(request, options.Condition, client.Profile);
        S3Checksums.AddFull(request, checksum);

        var result = await SendCompletionAsync(request, upload, checksum, cancellationToken).ConfigureAwait(false);
        if (client.Profile.LateTags && options.Tags.Count > 0)
        {
            await tagging.SetAsync(upload.Key, options.Tags, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    public Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Delete, upload.Key) { IsWrite = true, Subject = S3Subject.Upload };
        request.AddQuery("uploadId", upload.UploadId);
        return client.SendForStatusAsync(request, cancellationToken);
    }

    private async Task<PutResult> SendCompletionAsync(S3Request request, MultipartUpload upload, Checksum? checksum, CancellationToken cancellationToken)
    {
        string? versionId;
        VersionTag tag;
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            versionId = S3Headers.Get(response.Headers, client.Context.Dialect.VersionId);
            using var document = await client.ReadDocumentAsync(request, response, cancellationToken).ConfigureAwait(false);
            tag = VersionTag.Parse(document.ReadValue("ETag"));
            client.Context.Dialect.CheckStored(response, checksum, isRepeatable: false);
        }
        catch (CloudException exception) when (exception.StatusCode == (int)HttpStatusCode.InternalServerError)
        {
            // Ceph fails inside where the upload does not exist. Looking tells it from a failure that a retry would mend.
            await ListPartsAsync(upload, continuationToken: null, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (client.Profile.CompleteReturnsTag && !tag.IsEmpty)
        {
            return new PutResult { Tag = tag, VersionId = versionId };
        }

        // The upload is done; only its tag is not known. Nothing is made up: what a reader sees now is what counts.
        var info = await reader.TryGetInfoAsync(upload.Key, versionId, cancellationToken).ConfigureAwait(false);
        return new PutResult { Tag = info?.Tag ?? default, VersionId = versionId ?? info?.VersionId };
    }

    public async Task<UploadPage> ListUploadsAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get) { Subject = S3Subject.Bucket };
        request.AddQuery("uploads");
        if (!string.IsNullOrEmpty(prefix))
        {
            request.AddQuery("prefix", prefix);
        }

        if (client.Profile.UrlEncodedLists)
        {
            request.AddQuery("encoding-type", "url");
        }

        if (continuationToken is not null)
        {
            var (keyMarker, uploadMarker) = MarkerToken.Parse(continuationToken);
            request.AddQuery("key-marker", keyMarker);
            if (uploadMarker.Length > 0)
            {
                request.AddQuery("upload-id-marker", uploadMarker);
            }
        }

        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        var page = document.Read(ReadUploads);
        ListKeys.Advance(page.ContinuationToken, continuationToken);
        return page;
    }

    private static PartPage ReadParts(XmlReader xml)
    {
        var parts = new List<UploadedPart>();
        var truncated = false;
        string? marker = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Part":
                    parts.Add(ReadPart(xml));
                    break;
                case "IsTruncated":
                    truncated = xml.ReadBoolean();
                    break;
                case "NextPartNumberMarker":
                    marker = xml.ReadString();
                    break;
            }
        }

        return new PartPage(parts, truncated && parts.Count > 0 ? marker ?? parts[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static UploadPage ReadUploads(XmlReader xml)
    {
        var uploads = new List<MultipartUpload>();
        bool truncated = false, encoded = false;
        string? nextKey = null, nextUpload = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Upload":
                    uploads.Add(ReadUpload(xml));
                    break;
                case "IsTruncated":
                    truncated = xml.ReadBoolean();
                    break;
                case "EncodingType":
                    encoded = xml.ReadString() == "url";
                    break;
                case "NextKeyMarker":
                    nextKey = xml.ReadString();
                    break;
                case "NextUploadIdMarker":
                    nextUpload = xml.ReadString();
                    break;
            }
        }

        if (encoded)
        {
            for (var i = 0; i < uploads.Count; i++)
            {
                uploads[i] = uploads[i] with { Key = ListKeys.Decode(uploads[i].Key) };
            }

            nextKey = ListKeys.DecodeMarker(nextKey ?? "", uploads.Count > 0 ? uploads[^1].Key : null);
        }

        // Most stores list in order; a stable sort costs those nothing.
        uploads = [.. uploads.OrderBy(upload => upload.Key, KeyOrder.Comparer)];
        return new UploadPage(uploads, truncated && !string.IsNullOrEmpty(nextKey) ? MarkerToken.Create(nextKey, nextUpload) : null);
    }

    private static UploadedPart ReadPart(XmlReader xml)
    {
        var number = 0;
        var tag = default(VersionTag);
        long size = 0;
        Checksum? checksum = null;
        using var part = xml.ReadSubtree();
        part.Read();
        while (part.ReadToElement())
        {
            switch (part.LocalName)
            {
                case "PartNumber":
                    number = (int)part.ReadInteger();
                    break;
                case "ETag":
                    tag = VersionTag.Parse(part.ReadString());
                    break;
                case "Size":
                    size = part.ReadInteger();
                    break;
                default:
                    checksum = S3Checksums.ReadElement(part) ?? checksum;
                    break;
            }
        }

        return new UploadedPart(number, tag, size, checksum);
    }

    private static MultipartUpload ReadUpload(XmlReader xml)
    {
        string key = "", id = "";
        DateTimeOffset? started = null;
        using var upload = xml.ReadSubtree();
        upload.Read();
        while (upload.ReadToElement())
        {
            switch (upload.LocalName)
            {
                case "Key":
                    key = upload.ReadString();
                    break;
                case "UploadId":
                    id = upload.ReadString();
                    break;
                case "Initiated":
                    started = upload.ReadInstant();
                    break;
            }
        }

        return new MultipartUpload(key, id) { StartedAt = started };
    }

    private static S3Request CreatePartRequest(MultipartUpload upload, int number, S3Subject subject)
    {
        var request = new S3Request(HttpMethod.Put, upload.Key) { IsWrite = true, Subject = subject };
        request.AddQuery("partNumber", number.ToString(CultureInfo.InvariantCulture));
        request.AddQuery("uploadId", upload.UploadId);
        return request;
    }
}
