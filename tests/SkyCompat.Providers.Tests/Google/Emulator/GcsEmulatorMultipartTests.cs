using System.Security.Cryptography;
using System.Xml.Linq;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>Multipart uploads of the XML API.</summary>
public sealed class GcsEmulatorMultipartTests(GcsEmulatorFixture fixture) : IClassFixture<GcsEmulatorFixture>
{
    private const int SmallestPart = 5 << 20;

    private GcsWire Wire => fixture.Wire;

    [Fact]
    public async Task Complete_PartsInAnyOrder_IsTheWholeWithWhatWasSaidAtTheStart()
    {
        var bucket = await Wire.NewBucketAsync();
        var data = RandomNumberGenerator.GetBytes((2 * SmallestPart) + 12);
        var id = await InitiateAsync(bucket, "a b", ("x-goog-meta-Color", "blue"), ("x-goog-storage-class", "NEARLINE"));
        var tags = new string[3];
        foreach (var i in new[] { 2, 0, 1 })
        {
            tags[i] = (await PutAsync(bucket, "a b", id, i + 1, data[(i * SmallestPart)..Math.Min(data.Length, (i + 1) * SmallestPart)])).Header("ETag")!;
        }

        var reply = await CompleteAsync(bucket, "a b", id, [.. tags.Select((tag, i) => (i + 1, tag))]);
        reply.Status.ShouldBe(200);
        var resource = await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o/a%20b");
        (resource["size"], resource["storageClass"], resource.Json["metadata"]!["color"]!.ToString(), resource["md5Hash"]).ShouldBe(($"{data.Length}", "NEARLINE", "blue", null));
        reply.Header("X-Goog-Hash").ShouldBe("crc32c=" + resource["crc32c"]);
        (await Wire.SendAsync("GET", $"/{bucket}/a%20b")).Bytes.AsSpan().SequenceEqual(data).ShouldBeTrue();
        (await CompleteAsync(bucket, "a b", id, (1, tags[0]))).Text.ShouldContain("<Code>NoSuchUpload</Code>");
    }

    [Fact]
    public async Task Complete_WhatDoesNotFit_IsRefusedAndTheUploadGoesOn()
    {
        var bucket = await Wire.NewBucketAsync();
        var id = await InitiateAsync(bucket, "a");
        var small = (await PutAsync(bucket, "a", id, 1, [1])).Header("ETag")!;
        var other = (await PutAsync(bucket, "a", id, 2, [2])).Header("ETag")!;
        (await CompleteAsync(bucket, "a", id, (1, small), (2, other))).Text.ShouldContain("<Code>EntityTooSmall</Code>");
        (await CompleteAsync(bucket, "a", id, (1, other))).Text.ShouldContain("<Code>InvalidPart</Code>");
        (await CompleteAsync(bucket, "a", id, (3, small))).Text.ShouldContain("<Code>InvalidPart</Code>");
        (await CompleteAsync(bucket, "a", id, (2, other), (1, small))).Text.ShouldContain("<Code>InvalidPartOrder</Code>");
        (await Wire.SendAsync("POST", $"/{bucket}/a?uploadId={id}", "no XML")).Status.ShouldBe(400);
        (await CompleteAsync(bucket, "a", id, (2, other))).Status.ShouldBe(200);
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Bytes.ShouldBe([2]);
    }

    [Fact]
    public async Task Part_WrongChecksumNumberOrUpload_IsRefused()
    {
        var bucket = await Wire.NewBucketAsync();
        var id = await InitiateAsync(bucket, "a");
        (await Wire.SendAsync("PUT", $"/{bucket}/a?partNumber=1&uploadId={id}", "x", ("x-goog-hash", "crc32c=AAAAAA=="))).Text.ShouldContain("<Code>BadDigest</Code>");
        (await PutAsync(bucket, "a", id, 0, [1])).Status.ShouldBe(400);
        (await PutAsync(bucket, "a", id, 10_001, [1])).Status.ShouldBe(400);
        (await PutAsync(bucket, "b", id, 1, [1])).Text.ShouldContain("<Code>NoSuchUpload</Code>");
        (await Wire.SendAsync("PUT", $"/{bucket}/a?partNumber=1&uploadId={id}", "x", ("x-goog-if-generation-match", "0"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Abort_Upload_IsGone()
    {
        var bucket = await Wire.NewBucketAsync();
        var id = await InitiateAsync(bucket, "a");
        (await Wire.SendAsync("DELETE", $"/{bucket}/a?uploadId={id}")).Status.ShouldBe(204);
        (await Wire.SendAsync("DELETE", $"/{bucket}/a?uploadId={id}")).Status.ShouldBe(404);
        (await PutAsync(bucket, "a", id, 1, [1])).Status.ShouldBe(404);
        (await Wire.SendAsync("GET", $"/{bucket}?uploads")).Text.ShouldNotContain("<Upload>");
    }

    [Fact]
    public async Task Lists_Pages_ShowAllOnce()
    {
        var bucket = await Wire.NewBucketAsync();
        var ids = new List<string>();
        foreach (var name in new[] { "k/a", "k/a", "k/b", "l" })
        {
            ids.Add(await InitiateAsync(bucket, name));
        }

        for (var number = 1; number <= 5; number++)
        {
            await PutAsync(bucket, "l", ids[3], number, [(byte)number]);
        }

        var seen = new List<string>();
        var next = "";
        do
        {
            var page = Xml(await Wire.SendAsync("GET", $"/{bucket}?uploads&prefix=k/&max-uploads=1&encoding-type=url{next}"));
            seen.AddRange(page.Elements("Upload").Select(upload => upload.Element("UploadId")!.Value));
            next = page.Element("IsTruncated")!.Value == "true" ? $"&key-marker={page.Element("NextKeyMarker")!.Value}&upload-id-marker={page.Element("NextUploadIdMarker")!.Value}" : "";
        }
        while (next.Length > 0);

        seen.Order(StringComparer.Ordinal).ShouldBe(ids.Take(3).Order(StringComparer.Ordinal));
        var parts = Xml(await Wire.SendAsync("GET", $"/{bucket}/l?uploadId={ids[3]}&max-parts=2&part-number-marker=1"));
        parts.Elements("Part").Select(part => part.Element("PartNumber")!.Value).ShouldBe(["2", "3"]);
        (parts.Element("IsTruncated")!.Value, parts.Element("NextPartNumberMarker")!.Value).ShouldBe(("true", "3"));
    }

    private async Task<string> InitiateAsync(string bucket, string name, params (string, string)[] headers)
    {
        var reply = await Wire.SendAsync("POST", $"/{bucket}/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}?uploads", "", headers);
        return Xml(reply).Element("UploadId")!.Value;
    }

    private Task<GcsReply> PutAsync(string bucket, string name, string id, int number, byte[] data) =>
        Wire.SendAsync("PUT", $"/{bucket}/{Uri.EscapeDataString(name)}?partNumber={number}&uploadId={id}", data);

    private Task<GcsReply> CompleteAsync(string bucket, string name, string id, params (int Number, string Tag)[] parts)
    {
        var document = new XElement("CompleteMultipartUpload", parts.Select(part => new XElement("Part", new XElement("PartNumber", part.Number), new XElement("ETag", part.Tag))));
        return Wire.SendAsync("POST", $"/{bucket}/{Uri.EscapeDataString(name)}?uploadId={id}", document.ToString());
    }

    /// <summary>Without its namespace.</summary>
    private static XElement Xml(GcsReply reply)
    {
        reply.Status.ShouldBe(200, reply.Text);
        var root = XDocument.Parse(reply.Text).Root!;
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root;
    }
}
