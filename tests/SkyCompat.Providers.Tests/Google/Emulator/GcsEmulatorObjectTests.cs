using System.IO.Compression;
using System.Security.Cryptography;
using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google.Emulator;

public sealed class GcsEmulatorObjectTests(GcsEmulatorFixture fixture) : IClassFixture<GcsEmulatorFixture>
{
    private GcsWire Wire => fixture.Wire;

    [Fact]
    public async Task List_Pages_ShowEachEntryOnceInByteOrder()
    {
        var bucket = await Wire.NewBucketAsync();
        string[] names = ["a", "a/", "a/1", "a/2", "b", "é", "\uffee", "\U00010000", "z/1", "z/2/3"];
        await Task.WhenAll(names.Select(name => Wire.PutAsync(bucket, name, "x")));
        for (var size = 1; size <= names.Length + 1; size++)
        {
            (await ListAsync(bucket, $"maxResults={size}")).ShouldBe(["a", "a/", "a/1", "a/2", "b", "z/1", "z/2/3", "é", "\uffee", "\U00010000"]);
            (await ListAsync(bucket, $"maxResults={size}&delimiter=/")).ShouldBe(["a", "a/ (prefix)", "b", "z/ (prefix)", "é", "\uffee", "\U00010000"]);
            (await ListAsync(bucket, $"maxResults={size}&delimiter=/&includeTrailingDelimiter=true")).ShouldBe(["a", "a/", "a/ (prefix)", "b", "z/ (prefix)", "é", "\uffee", "\U00010000"]);
        }
    }

    [Fact]
    public async Task List_PagesOfVersions_ShowEachGenerationOnceOldestFirst()
    {
        var bucket = await Wire.NewBucketAsync(",\"versioning\":{\"enabled\":true}");
        var generations = new List<string>();
        foreach (var name in new[] { "a", "a", "a", "b" })
        {
            generations.Add((await Wire.PutAsync(bucket, name, "x"))["generation"]!);
        }

        for (var size = 1; size <= 5; size++)
        {
            (await ListAsync(bucket, $"versions=true&maxResults={size}", "generation")).ShouldBe(generations);
        }
    }

    [Fact]
    public async Task List_WhileNamesComeAndGo_MissesNoneThatStay()
    {
        var bucket = await Wire.NewBucketAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Wire.PutAsync(bucket, $"stays-{i:00}", "x")));
        await Wire.PutAsync(bucket, "goes", "x");
        var page = await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o?maxResults=5");
        await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/goes");
        await Wire.PutAsync(bucket, "comes", "x");
        var rest = await ListAsync(bucket, "maxResults=5", from: page["nextPageToken"]);
        page.Json["items"]!.AsArray().Select(item => item!["name"]!.ToString()).Concat(rest).Where(name => name.StartsWith("stays", StringComparison.Ordinal)).Count().ShouldBe(20);
    }

    [Fact]
    public async Task List_MoreThanAThousand_TakesAnotherPage()
    {
        var bucket = await Wire.NewBucketAsync();
        foreach (var chunk in Enumerable.Range(0, 1001).Chunk(50))
        {
            await Task.WhenAll(chunk.Select(i => Wire.PutAsync(bucket, $"{i:0000}", "")));
        }

        var page = await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o?maxResults=5000");
        page.Json["items"]!.AsArray().Count.ShouldBe(1000);
        (await ListAsync(bucket, "maxResults=0")).Count.ShouldBe(1001);
    }

    [Fact]
    public async Task Get_Fields_LeavesOnlyThose()
    {
        var bucket = await Wire.NewBucketAsync();
        await Wire.PutAsync(bucket, "a/b", "x");
        (await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o/a%2Fb?fields=name,size")).Text.ShouldBe("""{"name":"a/b","size":"1"}""");
        (await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o?fields=items(name,metageneration),prefixes,nextPageToken")).Text.ShouldBe("""{"items":[{"name":"a/b","metageneration":"1"}]}""");
        (await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o?fields=items/name,items/size")).Text.ShouldBe("""{"items":[{"name":"a/b","size":"1"}]}""");
        (await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o?fields=items(name")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Get_CompressedData_IsUnpackedForWhoDoesNotTakeGzip()
    {
        var bucket = await Wire.NewBucketAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("plain text, plain text, plain text"u8);
        }

        await Wire.SendAsync("POST", $"/upload/storage/v1/b/{bucket}/o?uploadType=media&name=a&contentEncoding=gzip", packed.ToArray());
        foreach (var target in new[] { $"/{bucket}/a", $"/storage/v1/b/{bucket}/o/a?alt=media" })
        {
            var unpacked = await Wire.SendAsync("GET", target, (byte[]?)null, ("Range", "bytes=0-3"));
            (unpacked.Status, unpacked.Text).ShouldBe((200, "plain text, plain text, plain text"));
            unpacked.Header("Content-Encoding").ShouldBeNull();
            unpacked.Header("X-Goog-Stored-Content-Encoding").ShouldBe("gzip");
            var raw = await Wire.SendAsync("GET", target, (byte[]?)null, ("Accept-Encoding", "gzip"), ("Range", "bytes=0-3"));
            (raw.Status, raw.Header("Content-Encoding")).ShouldBe((206, "gzip"));
            raw.Bytes.ShouldBe(packed.ToArray()[..4]);
        }

        await Wire.JsonAsync("PATCH", $"/storage/v1/b/{bucket}/o/a", """{"cacheControl":"no-transform"}""");
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Bytes.ShouldBe(packed.ToArray());
    }

    [Fact]
    public async Task Get_TagsInHeaders_AreHonouredOnReadsOnly()
    {
        var bucket = await Wire.NewBucketAsync();
        var tag = (await Wire.PutAsync(bucket, "a", "x"))["etag"]!;
        var address = $"/storage/v1/b/{bucket}/o/a";
        (await Wire.SendAsync("GET", address, (byte[]?)null, ("If-None-Match", tag))).Status.ShouldBe(304);
        (await Wire.SendAsync("GET", address, (byte[]?)null, ("If-Match", "other"))).Status.ShouldBe(412);
        (await Wire.SendAsync("DELETE", address, (byte[]?)null, ("If-Match", "other"))).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Xml_TimesAndTags_AreHonoured()
    {
        var bucket = await Wire.NewBucketAsync();
        await Wire.PutAsync(bucket, "a", "x");
        var found = await Wire.SendAsync("GET", $"/{bucket}/a");
        var (modified, tag) = (found.Header("Last-Modified")!, found.Header("ETag")!);
        var before = DateTimeOffset.Parse(modified).AddHours(-1).ToString("R");
        (await GetAsync(("If-Modified-Since", modified))).ShouldBe(304);
        (await GetAsync(("If-Modified-Since", before))).ShouldBe(200);
        (await GetAsync(("If-Unmodified-Since", modified))).ShouldBe(200);
        (await GetAsync(("If-Unmodified-Since", before))).ShouldBe(412);
        (await GetAsync(("If-None-Match", tag))).ShouldBe(304);
        (await GetAsync(("If-Match", tag))).ShouldBe(200);
        (await GetAsync(("If-Match", "\"other\""))).ShouldBe(412);

        async Task<int> GetAsync((string, string) header) => (await Wire.SendAsync("GET", $"/{bucket}/a", (byte[]?)null, header)).Status;
    }

    [Fact]
    public async Task Xml_Errors_AreDocumentsOfThatApi()
    {
        var bucket = await Wire.NewBucketAsync();
        await Wire.PutAsync(bucket, "a", "x");
        (await Wire.SendAsync("GET", $"/{bucket}/none")).Text.ShouldContain("<Code>NoSuchKey</Code>");
        (await Wire.SendAsync("GET", $"/{bucket}-none/a")).Text.ShouldContain("<Code>NoSuchBucket</Code>");
        (await Wire.SendAsync("GET", $"/{bucket}/a", (byte[]?)null, ("Range", "bytes=1-"))).Text.ShouldContain("<Code>InvalidRange</Code>");
        (await Wire.SendAsync("GET", $"/{bucket}/a", (byte[]?)null, ("x-goog-if-generation-match", "1"))).Text.ShouldContain("<Code>PreconditionFailed</Code>");
        (await Wire.SendAsync("PUT", $"/{bucket}/a", "x", ("Content-MD5", Convert.ToBase64String(MD5.HashData("y"u8))))).Text.ShouldContain("<Code>BadDigest</Code>");
        (await Wire.SendAsync("PUT", $"/{bucket}/a", "x", ("Content-MD5", "short"))).Text.ShouldContain("<Code>InvalidDigest</Code>");
        (await Wire.SendAsync("HEAD", $"/{bucket}/none")).Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compose_ThousandsOfBytes_HasTheChecksumOfTheWhole()
    {
        var bucket = await Wire.NewBucketAsync();
        var parts = Enumerable.Range(0, 32).Select(i => new string((char)('a' + (i % 26)), i * 997)).ToList();
        await Task.WhenAll(parts.Select((part, i) => Wire.PutAsync(bucket, $"part-{i}", part)));
        var sources = string.Join(',', Enumerable.Range(0, 32).Select(i => $$"""{"name":"part-{{i}}"}"""));
        var composed = await Wire.JsonAsync("POST", $"/storage/v1/b/{bucket}/o/whole/compose", $$$"""{"sourceObjects":[{{{sources}}}],"destination":{}}""");
        var uploaded = await Wire.PutAsync(bucket, "uploaded", string.Concat(parts));
        composed["crc32c"].ShouldBe(uploaded["crc32c"]);
        composed["componentCount"].ShouldBe("32");
        (await Wire.SendAsync("GET", $"/{bucket}/whole")).Text.ShouldBe(string.Concat(parts));
    }

    [Fact]
    public async Task Rewrite_ByStepsOfTheServersChoice_EndsWithTheObject()
    {
        await using var emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { AllowAnonymous = true, RewriteBytesPerCall = 1000 });
        using var wire = new GcsWire(emulator.Endpoint);
        var bucket = await wire.NewBucketAsync();
        await wire.PutAsync(bucket, "a", new string('x', 2500));
        var (token, calls) = ("", 0);
        GcsReply reply;
        do
        {
            reply = await wire.JsonAsync("POST", $"/storage/v1/b/{bucket}/o/a/rewriteTo/b/{bucket}/o/b{token}");
            token = $"?rewriteToken={reply["rewriteToken"]}";
            calls++;
        }
        while (reply["done"] == "false");

        (calls, reply.Json["resource"]!["size"]!.ToString()).ShouldBe((3, "2500"));
        (await wire.JsonAsync("POST", $"/storage/v1/b/{bucket}/o/a/rewriteTo/b/{bucket}/o/b{token}x")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Rewrite_SourceChangedMidway_RefusesTheToken()
    {
        await using var emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { AllowAnonymous = true, RewriteBytesPerCall = 1000 });
        using var wire = new GcsWire(emulator.Endpoint);
        var bucket = await wire.NewBucketAsync();
        await wire.PutAsync(bucket, "a", new string('x', 2500));
        var first = await wire.JsonAsync("POST", $"/storage/v1/b/{bucket}/o/a/rewriteTo/b/{bucket}/o/b");
        await wire.PutAsync(bucket, "a", new string('y', 2500));
        (await wire.JsonAsync("POST", $"/storage/v1/b/{bucket}/o/a/rewriteTo/b/{bucket}/o/b?rewriteToken={first["rewriteToken"]}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Batch_CallsOfAllKinds_AreAnsweredEach()
    {
        var bucket = await Wire.NewBucketAsync();
        await Wire.PutAsync(bucket, "a b", "x");
        var reply = await BatchAsync(
            $"GET /storage/v1/b/{bucket}/o/a%20b?fields=name HTTP/1.1",
            $"DELETE /storage/v1/b/{bucket}/o/a%20b?ifGenerationMatch=1 HTTP/1.1",
            $"DELETE /storage/v1/b/{bucket}/o/a%20b HTTP/1.1",
            $"DELETE /storage/v1/b/{bucket}/o/a%20b HTTP/1.1");
        reply.Status.ShouldBe(200);
        reply.Header("Content-Type")!.ShouldStartWith("multipart/mixed; boundary=");
        reply.Text.Split("HTTP/1.1 ")[1..].Select(part => part[..3]).ShouldBe(["200", "412", "204", "404"]);
        reply.Text.ShouldContain("Content-ID: <response-id+3>");
        reply.Text.ShouldContain("""{"name":"a b"}""");
    }

    [Fact]
    public async Task Batch_Of101_IsRefused() =>
        (await BatchAsync([.. Enumerable.Repeat("DELETE /storage/v1/b/b/o/a HTTP/1.1", 101)])).Status.ShouldBe(400);

    [Fact]
    public async Task Delete_UnderAHold_IsRefused()
    {
        var bucket = await Wire.NewBucketAsync();
        await Wire.PutAsync(bucket, "a", "x");
        await Wire.JsonAsync("PATCH", $"/storage/v1/b/{bucket}/o/a", """{"temporaryHold":true}""");
        (await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/a")).Status.ShouldBe(403);
        (await Wire.PutAsync(bucket, "a", "y")).Status.ShouldBe(403);
        await Wire.JsonAsync("PATCH", $"/storage/v1/b/{bucket}/o/a", """{"temporaryHold":false}""");
        (await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/a")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Bucket_WithObjectsOfAnyGeneration_IsNotDeleted()
    {
        var bucket = await Wire.NewBucketAsync(",\"versioning\":{\"enabled\":true}");
        var generation = (await Wire.PutAsync(bucket, "a", "x"))["generation"];
        await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/a");
        var refused = await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}");
        (refused.Status, refused.Reason).ShouldBe((409, "conflict"));
        await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/a?generation={generation}");
        (await Wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}")).Status.ShouldBe(204);
    }

    private Task<GcsReply> BatchAsync(params string[] lines)
    {
        var parts = lines.Select((line, i) => $"--x\r\nContent-Type: application/http\r\nContent-ID: <id+{i + 1}>\r\n\r\n{line}\r\n\r\n");
        return Wire.SendAsync("POST", "/batch/storage/v1", string.Concat(parts) + "--x--\r\n", ("Content-Type", "multipart/mixed; boundary=x"));
    }

    /// <summary>All entries of all pages, or of those from a token on, each page in its order.</summary>
    private async Task<List<string>> ListAsync(string bucket, string query, string field = "name", string? from = null)
    {
        var entries = new List<string>();
        var token = from;
        do
        {
            var page = await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o?{query}{(token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}")}");
            page.Status.ShouldBe(200, page.Text);
            var items = (page.Json["items"]?.AsArray() ?? []).Select(item => (Key: item!["name"]!.ToString(), Text: item[field]!.ToString()));
            var prefixes = (page.Json["prefixes"]?.AsArray() ?? []).Select(prefix => (Key: prefix!.ToString() + "\u0000", Text: $"{prefix} (prefix)"));
            entries.AddRange(items.Concat(prefixes).OrderBy(entry => System.Text.Encoding.UTF8.GetBytes(entry.Key), ByteOrder.Instance).Select(entry => entry.Text));
            token = page["nextPageToken"];
        }
        while (token is not null);

        return entries;
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
