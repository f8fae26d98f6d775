using System.Globalization;
using System.Net;
using System.Xml;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Uploads in parts, by the multipart uploads of the XML API: their parts come in any order and at the same time, and are not seen before the end.</summary>
/// <remarks>These requests take no conditions. An upload that has one is therefore completed under a staged name, looked at, and made visible by a rewrite, which does take conditions and moves no bytes.</remarks>
internal sealed class GoogleMultipart(GoogleBucketClient bucket, GoogleObjectReader reader, GoogleRewriter rewriter, GoogleDeleter deleter)
{
    private const string StagedId = "staged.";

    public async Task<MultipartUpload> CreateAsync(string key, PutOptions options, CancellationToken cancellationToken)
    {
        GoogleKeys.Check(key);
        Generation.Demand(options.Condition);
        var mark = options.Condition.Kind == WriteConditionKind.None ? null : StagedKey.NewMark();
        var message = CreateMessage(HttpMethod.Post, mark is null ? key : StagedKey.Create(key, mark), "uploads", null, null);
        message.Content = new UploadContent(null);
        ObjectHeaders.Add(message, options);
        using var document = await bucket.Client.SendForDocumentAsync(message, new RequestKind(GoogleSubject.Object, GoogleCondition.None, IsWrite: true), cancellationToken).ConfigureAwait(false);
        var id = document.ReadXml(xml => xml.ReadFirst("UploadId"));
        return string.IsNullOrEmpty(id)
            ? throw new CloudException(CloudErrorCode.Unknown, "The store started a multipart upload and did not say its id.")
            : new MultipartUpload(key, mark is null ? id : $"{StagedId}{mark}.{id}") { StartedAt = bucket.Client.Context.Clock.Now };
    }

    public async Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var (name, id, _) = Resolve(upload);
        var message = CreateMessage(HttpMethod.Put, name, "partNumber", number.ToString(CultureInfo.InvariantCulture), id);
        message.Content = new UploadContent(body);
        if (checksum is { Algorithm: ChecksumAlgorithm.Crc32C })
        {
            message.Headers.TryAddWithoutValidation("x-goog-hash", "crc32c=" + checksum.ToBase64());
        }

        using var response = await bucket.Client.SendAsync(message, WriteKind, cancellationToken).ConfigureAwait(false);
        return new UploadedPart(number, VersionTag.Parse(GoogleHeaders.Get(response.Headers, "ETag")), body.Length, checksum);
    }

    public async Task<PartPage> ListPartsAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken)
    {
        var (name, id, _) = Resolve(upload);
        var marker = ListToken.Read(continuationToken);
        var message = CreateMessage(HttpMethod.Get, name, marker is null ? null : "part-number-marker", marker, id);
        using var document = await bucket.Client.SendForDocumentAsync(message, new RequestKind(GoogleSubject.Upload), cancellationToken).ConfigureAwait(false);
        return document.ReadXml(ReadParts);
    }

    public async Task<PutResult> CompleteAsync(MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var (name, id, isStaged) = Resolve(upload);
        var demand = Generation.Demand(options.Condition);
        if (demand is not null && !isStaged)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "The upload was started without a condition, and cannot be completed under one: give the condition at the start too.");
        }

        var xml = new XmlText("CompleteMultipartUpload");
        foreach (var part in parts)
        {
            xml.Open("Part");
            xml.Add("PartNumber", part.Number.ToString(CultureInfo.InvariantCulture));
            xml.Add("ETag", $"\"{part.Tag}\"");
            xml.Close("Part");
        }

        var message = CreateMessage(HttpMethod.Post, name, null, null, id);
        message.Content = new ByteArrayContent(xml.ToBytes());
        message.Content.Headers.TryAddWithoutValidation("Content-Type", XmlText.ContentType);
        if (isStaged)
        {
            return await CompleteStagedAsync(message, name, upload.Key, checksum, options, demand, cancellationToken).ConfigureAwait(false);
        }

        using var response = await bucket.Client.SendAsync(message, WriteKind, cancellationToken).ConfigureAwait(false);
        using var document = await bucket.Client.ReadDocumentAsync(response, WriteKind, cancellationToken).ConfigureAwait(false);
        Compare(checksum, GoogleHeaders.Crc32C(response));
        return Generation.TryParse(GoogleHeaders.Get(response.Headers, "x-goog-generation"), out var generation)
            ? ObjectResource.ToResult(new ObjectReply { Generation = generation }, bucket.IsVersioned)
            : await LookAsync(upload.Key, checksum ?? GoogleHeaders.Crc32C(response), cancellationToken).ConfigureAwait(false);
    }

    public async Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        var (name, id, isStaged) = Resolve(upload);
        try
        {
            await bucket.Client.SendForStatusAsync(CreateMessage(HttpMethod.Delete, name, null, null, id), WriteKind, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (isStaged && exception.Reason == ObjectStorageErrorReasons.UploadNotFound)
        {
            // Its parts may have been joined already, and refused by the condition.
            if (await DeleteStagedAsync(name, cancellationToken).ConfigureAwait(false) is false)
            {
                throw;
            }
        }
    }

    public async Task<UploadPage> ListUploadsAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken)
    {
        using var document = await bucket.Client.SendForDocumentAsync(
            new HttpRequestMessage(HttpMethod.Get, CreateListUrl(prefix, continuationToken)), new RequestKind(GoogleSubject.Bucket), cancellationToken).ConfigureAwait(false);
        return document.ReadXml(xml => ReadUploads(xml, prefix, continuationToken));
    }

    private static RequestKind WriteKind => new(GoogleSubject.Upload, GoogleCondition.None, IsWrite: true);

    private static (string Name, string Id, bool IsStaged) Resolve(MultipartUpload upload)
    {
        const int MarkLength = 32;
        var id = upload.UploadId;
        return id.StartsWith(StagedId, StringComparison.Ordinal) && id.Length > StagedId.Length + MarkLength + 1
            ? (StagedKey.Create(upload.Key, id.Substring(StagedId.Length, MarkLength)), id[(StagedId.Length + MarkLength + 1)..], true)
            : (upload.Key, id, false);
    }

    private static void Compare(Checksum? expected, Checksum? stored)
    {
        if (expected is not null && stored is not null && !expected.Equals(stored))
        {
            throw new CloudException(CloudErrorCode.DataCorrupted, $"The joined parts have checksum {stored}, and {expected} was sent.") { Reason = ObjectStorageErrorReasons.ChecksumMismatch };
        }
    }

    /// <summary>The tag of what was just completed, where the reply does not name it. It is taken from a look only if that shows the same bytes: a writer who came after has a tag of his own.</summary>
    private async Task<PutResult> LookAsync(string key, Checksum? checksum, CancellationToken cancellationToken)
    {
        var reply = await reader.FindAsync(key, null, "generation,crc32c", null, cancellationToken).ConfigureAwait(false);
        var stored = reply?.Crc32c is { } crc ? Checksum.TryParseBase64(ChecksumAlgorithm.Crc32C, crc) : null;
        return reply is not null && (checksum is null || checksum.Equals(stored)) ? ObjectResource.ToResult(reply, bucket.IsVersioned) : new PutResult { Tag = default };
    }

    private async Task<PutResult> CompleteStagedAsync(
        HttpRequestMessage message, string staged, string key, Checksum? checksum, PutOptions options, string? demand, CancellationToken cancellationToken)
    {
        CloudException? gone = null;
        try
        {
            using var document = await bucket.Client.SendForDocumentAsync(message, WriteKind, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason == ObjectStorageErrorReasons.UploadNotFound)
        {
            // An earlier attempt may have joined the parts; then they lie under the staged name.
            gone = exception;
        }

        var reply = await reader.FindAsync(staged, null, ObjectResource.InfoFields, null, cancellationToken).ConfigureAwait(false)
            ?? throw gone ?? new CloudException(CloudErrorCode.Unavailable, "The joined parts are not there yet; try again.");
        var info = ObjectResource.Read(reply, isVersioned: false);
        Compare(checksum, info.Checksum);

        using var resource = new PooledBytes();
        ObjectResource.Write(resource, null, info.Headers, info.Metadata, reply.StorageClass, null);
        var kind = new RequestKind(GoogleSubject.CopySource, Generation.KindOf(options.Condition), IsWrite: true);
        var result = await rewriter.RewriteAsync(bucket, staged, info.Tag.ToString(), key, demand, resource.Span.ToArray(), kind, null, cancellationToken).ConfigureAwait(false);
        try
        {
            await deleter.DeleteAsync(staged, new DeleteOptions { VersionId = info.Tag.ToString() }, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException)
        {
            // The object is written, which is what counts. What is left over is seen in no list of objects, and a lifecycle rule on its suffix removes it.
        }

        return result;
    }

    private async Task<bool> DeleteStagedAsync(string staged, CancellationToken cancellationToken) =>
        await reader.FindAsync(staged, null, "generation", null, cancellationToken).ConfigureAwait(false) is { } left &&
        (await deleter.DeleteAsync(staged, new DeleteOptions { VersionId = Generation.Format(left.Generation) }, cancellationToken).ConfigureAwait(false)).Outcome == DeleteOutcome.Deleted;

    private HttpRequestMessage CreateMessage(HttpMethod method, string name, string? parameter, string? value, string? uploadId)
    {
        var url = new TextBuilder(stackalloc char[1024]);
        try
        {
            bucket.AppendXml(ref url, name);
            var separator = '?';
            if (parameter is not null && value is null)
            {
                url.Append('?');
                url.Append(parameter);
                separator = '&';
            }
            else if (parameter is not null)
            {
                GoogleUrl.Append(ref url, ref separator, parameter, value);
            }

            GoogleUrl.AppendOptional(ref url, ref separator, "uploadId", uploadId);
            return new HttpRequestMessage(method, GoogleUrl.Create(url.ToString()));
        }
        finally
        {
            url.Dispose();
        }
    }

    private Uri CreateListUrl(string? prefix, string? continuationToken)
    {
        var url = new TextBuilder(stackalloc char[1024]);
        try
        {
            bucket.AppendXml(ref url, null);
            url.Append("?uploads");
            var separator = '&';

            // XML cannot carry all characters of a key as they are.
            GoogleUrl.Append(ref url, ref separator, "encoding-type", "url");
            GoogleUrl.AppendOptional(ref url, ref separator, "prefix", prefix);
            if (continuationToken is not null)
            {
                var (keyMarker, uploadMarker) = ListToken.ReadPair(continuationToken);
                GoogleUrl.AppendOptional(ref url, ref separator, "key-marker", keyMarker);
                GoogleUrl.AppendOptional(ref url, ref separator, "upload-id-marker", uploadMarker);
            }

            return GoogleUrl.Create(url.ToString());
        }
        finally
        {
            url.Dispose();
        }
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

        return new PartPage(parts, truncated && parts.Count > 0 ? ListToken.Create(string.IsNullOrEmpty(marker) ? parts[^1].Number.ToString(CultureInfo.InvariantCulture) : marker) : null);
    }

    private static UploadedPart ReadPart(XmlReader xml)
    {
        var number = 0;
        var tag = default(VersionTag);
        long size = 0;
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
            }
        }

        return new UploadedPart(number, tag, size);
    }

    private static UploadPage ReadUploads(XmlReader xml, string? prefix, string? current)
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

        for (var i = 0; i < uploads.Count; i++)
        {
            var name = encoded ? WebUtility.UrlDecode(uploads[i].Key) : uploads[i].Key;
            uploads[i] = StagedKey.TryParse(name, out var key, out var mark)
                ? uploads[i] with { Key = key, UploadId = $"{StagedId}{mark}.{uploads[i].UploadId}" }
                : uploads[i] with { Key = name };
        }

        // The prefix may have matched the mark of a staged name; one without its key belongs to none.
        uploads.RemoveAll(upload => upload.Key.Length == 0 || (!string.IsNullOrEmpty(prefix) && !upload.Key.StartsWith(prefix, StringComparison.Ordinal)));
        var token = truncated && !string.IsNullOrEmpty(nextKey) ? ListToken.Create(encoded ? WebUtility.UrlDecode(nextKey) : nextKey, nextUpload) : null;
        return token is not null && token == current
            ? throw new CloudException(CloudErrorCode.Unknown, "The store answers a list with the same page again and again.")
            : new UploadPage([.. uploads.OrderBy(upload => upload.Key, KeyOrder.Comparer)], token);
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
}
