using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Multipart uploads of the XML API.</summary>
internal sealed class XmlMultipartCalls(GcsStore store)
{
    private const int MaxPartNumber = 10_000;
    private const long MaxPartBytes = 5L << 30;

    public Task InitiateAsync(GcsRequest request, string bucket, string name)
    {
        RefuseConditions(request);
        Names.RequireObjectName(name);
        var upload = new MultipartUpload(Convert.ToBase64String(RandomNumberGenerator.GetBytes(33)).Replace('/', '_').Replace('+', '-'), XmlObjectCalls.Target(request, bucket, name), store.Now);
        store.Bucket(bucket).Uploads.Add(upload);
        return Reply.XmlAsync(request, new XElement("InitiateMultipartUploadResult", new XElement("Bucket", bucket), new XElement("Key", name), new XElement("UploadId", upload.Id)));
    }

    public async Task PutPartAsync(GcsRequest request, string bucket, string name)
    {
        RefuseConditions(request);
        var upload = Upload(request, bucket, name);
        var number = request.Integer("partNumber");
        if (number is null or < 1 or > MaxPartNumber)
        {
            throw GcsError.Invalid($"Part number must be an integer between 1 and {MaxPartNumber}, inclusive.");
        }

        if (request.Context.Request.ContentLength > MaxPartBytes)
        {
            throw GcsError.Invalid("Your proposed upload exceeds the maximum allowed object size.", "EntityTooLarge");
        }

        var content = await BodyReader.ReadAsync(request, store.Budget);
        Hashes.FromHeaders(request).Check(content);
        var part = new UploadedPart((int)number, content, store.Now);
        upload.Put(part);
        request.Context.Response.Headers.ETag = $"\"{part.ETag}\"";
        ObjectHeaders.SetHashes(request, content);
        await Reply.EmptyAsync(request, StatusCodes.Status200OK);
    }

    public async Task CompleteAsync(GcsRequest request, string bucket, string name)
    {
        RefuseConditions(request);
        var upload = Upload(request, bucket, name);
        var created = upload.Complete(store, ParseParts(await request.ReadBytesAsync()));
        store.Bucket(bucket).Uploads.Remove(upload);
        ObjectHeaders.Set(request, created);
        await Reply.XmlAsync(request, new XElement(
            "CompleteMultipartUploadResult",
            new XElement("Location", $"{request.Origin}{request.RawPath}"),
            new XElement("Bucket", bucket),
            new XElement("Key", name),
            new XElement("ETag", MediaReply.XmlTag(created))));
    }

    public Task AbortAsync(GcsRequest request, string bucket, string name)
    {
        var upload = Upload(request, bucket, name);
        upload.Abort();
        store.Bucket(bucket).Uploads.Remove(upload);
        return Reply.EmptyAsync(request, StatusCodes.Status204NoContent);
    }

    public Task ListPartsAsync(GcsRequest request, string bucket, string name)
    {
        var upload = Upload(request, bucket, name);
        var marker = request.Integer("part-number-marker") ?? 0;
        var most = Most(request, "max-parts");
        var found = upload.Parts.Where(part => part.Number > marker).Take(most + 1).ToList();
        var page = found.Take(most).ToList();
        return Reply.XmlAsync(request, new XElement(
            "ListPartsResult",
            new XElement("Bucket", bucket),
            new XElement("Key", Encode(request, name)),
            new XElement("UploadId", upload.Id),
            new XElement("StorageClass", upload.Target.Metadata.Text("storageClass") ?? store.Bucket(bucket).StorageClass),
            new XElement("PartNumberMarker", marker),
            new XElement("NextPartNumberMarker", page.Count > 0 ? page[^1].Number : marker),
            new XElement("MaxParts", most),
            new XElement("IsTruncated", found.Count > most),
            page.Select(part => new XElement(
                "Part",
                new XElement("PartNumber", part.Number),
                new XElement("LastModified", ObjectResource.Time(part.Modified)),
                new XElement("ETag", $"\"{part.ETag}\""),
                new XElement("Size", part.Content.Length)))));
    }

    public Task ListUploadsAsync(GcsRequest request, string bucket)
    {
        var (prefix, delimiter) = (request.Parameter("prefix") ?? "", request.Parameter("delimiter"));
        if (delimiter is not null)
        {
            throw GcsError.NotImplemented("delimiter in a list of uploads");
        }

        var (keyMarker, idMarker) = (request.Parameter("key-marker") ?? "", request.Parameter("upload-id-marker") ?? "");
        var most = Most(request, "max-uploads");
        var found = store.Bucket(bucket).Uploads.Ordered
            .Where(upload => upload.Target.Name.StartsWith(prefix, StringComparison.Ordinal) && IsAfter(upload, keyMarker, idMarker))
            .Take(most + 1)
            .ToList();
        var page = found.Take(most).ToList();
        return Reply.XmlAsync(request, new XElement(
            "ListMultipartUploadsResult",
            new XElement("Bucket", bucket),
            new XElement("KeyMarker", Encode(request, keyMarker)),
            new XElement("UploadIdMarker", idMarker),
            found.Count > most ? [new XElement("NextKeyMarker", Encode(request, page[^1].Target.Name)), new XElement("NextUploadIdMarker", page[^1].Id)] : Array.Empty<XElement>(),
            request.Parameter("encoding-type") is { } encoding ? new XElement("EncodingType", encoding) : null,
            new XElement("MaxUploads", most),
            new XElement("IsTruncated", found.Count > most),
            new XElement("Prefix", Encode(request, prefix)),
            page.Select(upload => new XElement(
                "Upload",
                new XElement("Key", Encode(request, upload.Target.Name)),
                new XElement("UploadId", upload.Id),
                new XElement("StorageClass", upload.Target.Metadata.Text("storageClass") ?? store.Bucket(bucket).StorageClass),
                new XElement("Initiated", ObjectResource.Time(upload.Initiated))))));
    }

    /// <summary>As with S3, a marker of an upload's id counts only beside one of its key; without it, the key itself is past.</summary>
    private static bool IsAfter(MultipartUpload upload, string keyMarker, string idMarker) => KeyOrder.Instance.Compare(upload.Target.Name, keyMarker) switch
    {
        > 0 => true,
        0 => idMarker.Length > 0 && string.CompareOrdinal(upload.Id, idMarker) > 0,
        _ => false,
    };

    private static int Most(GcsRequest request, string parameter) => (int)Math.Clamp(request.Integer(parameter) ?? 1000, 1, 1000);

    private static string Encode(GcsRequest request, string name) => request.Parameter("encoding-type") == "url" ? Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal) : name;

    private static List<(int Number, string ETag)> ParseParts(byte[] body)
    {
        try
        {
            var root = XDocument.Parse(Encoding.UTF8.GetString(body)).Root!;
            var parts = root.Elements().Where(element => element.Name.LocalName == "Part").Select(part => (
                int.Parse(Child(part, "PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture),
                Child(part, "ETag"))).ToList();
            return root.Name.LocalName == "CompleteMultipartUpload" && parts.Count > 0 ? parts : throw new FormatException();
        }
        catch (Exception exception) when (exception is XmlException or FormatException or InvalidOperationException)
        {
            throw GcsError.Invalid("The XML you provided was not well-formed or did not validate against our published schema.", "MalformedCompleteMultipartUploadRequest");
        }

        static string Child(XElement part, string name) => part.Elements().Single(element => element.Name.LocalName == name).Value.Trim();
    }

    private MultipartUpload Upload(GcsRequest request, string bucket, string name) =>
        store.Bucket(bucket).Uploads.Get(request.Parameter("uploadId") ?? throw MultipartUploads.NoSuchUpload(), name);

    /// <summary>
    /// The documentation says that these requests support no preconditions and not what becomes of one. It is refused here, so
    /// that no caller believes in a condition that was never looked at.
    /// </summary>
    private static void RefuseConditions(GcsRequest request)
    {
        string[] conditions = ["x-goog-if-generation-match", "x-goog-if-metageneration-match", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];
        if (conditions.FirstOrDefault(name => request.Header(name) is not null) is { } refused)
        {
            throw GcsError.Invalid($"A multipart upload does not support the precondition {refused}.");
        }
    }
}
