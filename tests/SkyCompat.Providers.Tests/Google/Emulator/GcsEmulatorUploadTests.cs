using System.Security.Cryptography;
using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google.Emulator;

public sealed class GcsEmulatorUploadTests(GcsEmulatorFixture fixture) : IClassFixture<GcsEmulatorFixture>
{
    private const int Granule = 256 << 10;

    private GcsWire Wire => fixture.Wire;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(100_003)]
    [InlineData((5 << 20) + 7)]
    public async Task Insert_EveryWayOfAnySize_KeepsTheBytes(int size)
    {
        var bucket = await Wire.NewBucketAsync();
        var data = RandomNumberGenerator.GetBytes(size);
        byte[] related = [.. "--sep\r\nContent-Type: application/json\r\n\r\n{\"name\":\"related\"}\r\n--sep\r\nContent-Type: a/b\r\n\r\n"u8, .. data, .. "\r\n--sep--"u8];
        byte[] bare = [.. "--sep\nContent-Type: application/json\n\n{\"name\":\"bare\"}\n--sep\nContent-Type: a/b\n\n"u8, .. data, .. "\n--sep--\n"u8];
        var address = $"/upload/storage/v1/b/{bucket}/o?uploadType=";
        (await Wire.SendAsync("POST", address + "media&name=media", data)).Status.ShouldBe(200);
        (await Wire.SendAsync("POST", address + "multipart", related, ("Content-Type", "multipart/related; boundary=\"sep\""))).Status.ShouldBe(200);
        (await Wire.SendAsync("POST", address + "multipart", bare, ("Content-Type", "multipart/related; boundary='sep'"))).Status.ShouldBe(200);
        (await Wire.SendAsync("PUT", await StartAsync(bucket, "resumable"), data)).Status.ShouldBe(200);
        (await Wire.SendAsync("PUT", $"/{bucket}/xml", data)).Status.ShouldBe(200);
        foreach (var name in new[] { "media", "related", "bare", "resumable", "xml" })
        {
            var reply = await Wire.SendAsync("GET", $"/{bucket}/{name}");
            reply.Bytes.AsSpan().SequenceEqual(data).ShouldBeTrue(name);
            reply.Header("X-Goog-Hash")!.ShouldContain("md5=" + Convert.ToBase64String(MD5.HashData(data)));
        }
    }

    [Fact]
    public async Task Resumable_BothAddresses_Start()
    {
        var bucket = await Wire.NewBucketAsync();
        var reply = await Wire.JsonAsync("POST", $"/resumable/upload/storage/v1/b/{bucket}/o?uploadType=resumable&name=a", "{}");
        var session = new Uri(reply.Header("Location")!).PathAndQuery;
        session.ShouldStartWith("/resumable/upload/storage/v1/");
        (await Wire.SendAsync("PUT", session, "data"))["size"].ShouldBe("4");
        (await Wire.SendAsync("PUT", $"/upload/storage/v1/b/{bucket}/o?uploadType=resumable&name=b", "{}")).Header("Location").ShouldNotBeNull();
    }

    [Fact]
    public async Task Resumable_UnknownTotal_EndsWithTheChunkThatNamesIt()
    {
        var bucket = await Wire.NewBucketAsync();
        var session = await StartAsync(bucket, "a");
        var chunk = RandomNumberGenerator.GetBytes(2 * Granule);
        var reply = await Wire.SendAsync("PUT", session, chunk, ("Content-Range", $"bytes 0-{chunk.Length - 1}/*"));
        (reply.Status, reply.Header("Range")).ShouldBe((308, $"bytes=0-{chunk.Length - 1}"));
        var last = await Wire.SendAsync("PUT", session, "", ("Content-Range", $"bytes */{chunk.Length}"));
        (last.Status, last["size"]).ShouldBe((200, $"{chunk.Length}"));
    }

    [Fact]
    public async Task Resumable_ChunkOfNoWholeGranules_KeepsTheWholeOnes()
    {
        var bucket = await Wire.NewBucketAsync();
        var session = await StartAsync(bucket, "a");
        var data = RandomNumberGenerator.GetBytes(Granule + 1000);
        var reply = await Wire.SendAsync("PUT", session, data, ("Content-Range", $"bytes 0-{data.Length - 1}/*"));
        (reply.Status, reply.Header("Range")).ShouldBe((308, $"bytes=0-{Granule - 1}"));
        (await Wire.SendAsync("PUT", session, data[Granule..], ("Content-Range", $"bytes {Granule}-{data.Length - 1}/{data.Length}"))).Status.ShouldBe(200);
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Bytes.AsSpan().SequenceEqual(data).ShouldBeTrue();
    }

    [Fact]
    public async Task Resumable_LessThanDeclared_IsRefused()
    {
        var bucket = await Wire.NewBucketAsync();
        var start = await Wire.SendAsync("POST", $"/upload/storage/v1/b/{bucket}/o?uploadType=resumable&name=a", "{}", ("X-Upload-Content-Length", "10"));
        (await Wire.SendAsync("PUT", new Uri(start.Header("Location")!).PathAndQuery, "data")).Status.ShouldBe(400);
        (await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o/a")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Resumable_ConditionThatHeldAtTheStartOnly_FailsAtTheEnd()
    {
        var bucket = await Wire.NewBucketAsync();
        var session = await StartAsync(bucket, "a", "&ifGenerationMatch=0");
        await Wire.PutAsync(bucket, "a", "somebody else's");
        (await Wire.SendAsync("PUT", session, "mine")).Status.ShouldBe(412);
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Text.ShouldBe("somebody else's");
    }

    [Fact]
    public async Task Resumable_PartlyPersisted_GoesOnFromThere()
    {
        var bucket = await Wire.NewBucketAsync();
        var session = await StartAsync(bucket, "a");
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, Persist = Granule });
        var data = RandomNumberGenerator.GetBytes(2 * Granule + 5);
        var reply = await Wire.SendAsync("PUT", session, data, ("Content-Range", $"bytes 0-{data.Length - 1}/{data.Length}"));
        (reply.Status, reply.Header("Range")).ShouldBe((308, $"bytes=0-{Granule - 1}"));
        (await Wire.SendAsync("PUT", session, "", ("Content-Range", $"bytes */{data.Length}"))).Header("Range").ShouldBe($"bytes=0-{Granule - 1}");
        (await Wire.SendAsync("PUT", session, data[Granule..], ("Content-Range", $"bytes {Granule}-{data.Length - 1}/{data.Length}"))).Status.ShouldBe(200);
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Bytes.AsSpan().SequenceEqual(data).ShouldBeTrue();
    }

    [Fact]
    public async Task Resumable_NothingPersisted_NamesNoRange()
    {
        var bucket = await Wire.NewBucketAsync();
        var session = await StartAsync(bucket, "a");
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, Persist = 0 });
        var reply = await Wire.SendAsync("PUT", session, "data", ("Content-Range", "bytes 0-3/4"));
        (reply.Status, reply.Header("Range")).ShouldBe((308, null));
        (await Wire.SendAsync("PUT", session, "data", ("Content-Range", "bytes 0-3/4"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Resumable_SessionLost_Is410AndThen404()
    {
        var bucket = await Wire.NewBucketAsync();
        var session = await StartAsync(bucket, "a");
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, LosesSession = true });
        (await Wire.SendAsync("PUT", session, "data")).Status.ShouldBe(410);
        (await Wire.SendAsync("PUT", session, "data")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".well-known/acme-challenge/x")]
    public async Task Insert_ForbiddenName_IsRefused(string name)
    {
        var bucket = await Wire.NewBucketAsync();
        var reply = await Wire.PutAsync(bucket, name, "x");
        (reply.Status, reply.Reason).ShouldBe((400, "invalid"));
    }

    [Fact]
    public async Task Insert_NameOf1024And1025Bytes_IsTakenAndRefused()
    {
        var bucket = await Wire.NewBucketAsync();
        var longest = string.Concat(Enumerable.Repeat("é", 512));
        (await Wire.PutAsync(bucket, longest, "x"))["name"].ShouldBe(longest);
        (await Wire.PutAsync(bucket, longest + "x", "x")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("a//b/../c/./d/")]
    [InlineData(" leading and trailing ")]
    [InlineData("100%25 + ? # & = ; , @ : $ ! ' ( ) * [ ]")]
    [InlineData("\u0001\u001f\u007f")]
    [InlineData("ä/日本語/\U0001F600")]
    public async Task Insert_StrangeName_IsKeptInBothApis(string name)
    {
        var bucket = await Wire.NewBucketAsync();
        (await Wire.PutAsync(bucket, name, "x"))["name"].ShouldBe(name);
        (await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}/o/{Uri.EscapeDataString(name)}"))["name"].ShouldBe(name);
        (await Wire.SendAsync("GET", $"/{bucket}/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}")).Text.ShouldBe("x");
    }

    [Fact]
    public async Task Insert_MetadataOver8KiB_IsRefused()
    {
        var bucket = await Wire.NewBucketAsync();
        (await RelatedAsync(8 * 1024 - 1)).Status.ShouldBe(200);
        (await RelatedAsync(8 * 1024)).Status.ShouldBe(400);

        Task<GcsReply> RelatedAsync(int length) => Wire.SendAsync(
            "POST",
            $"/upload/storage/v1/b/{bucket}/o?uploadType=multipart",
            "--s\n\n{\"name\":\"m\",\"metadata\":{\"k\":\"" + new string('v', length) + "\"}}\n--s\n\nx\n--s--",
            ("Content-Type", "multipart/related; boundary=s"));
    }

    [Fact]
    public async Task Insert_MoreThanTheStoreHolds_Is507AndComesBackAfterADelete()
    {
        await using var emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { AllowAnonymous = true, MaxStoredBytes = 4 << 20 });
        using var wire = new GcsWire(emulator.Endpoint);
        var bucket = await wire.NewBucketAsync();
        (await wire.PutAsync(bucket, "a", new string('x', 3 << 20))).Status.ShouldBe(200);
        (await wire.PutAsync(bucket, "b", new string('x', 3 << 20))).Status.ShouldBe(507);
        (await wire.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/a")).Status.ShouldBe(204);
        (await wire.PutAsync(bucket, "b", new string('x', 3 << 20))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Insert_ManyAtOnceUnderACondition_HasOneWinner()
    {
        var bucket = await Wire.NewBucketAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Wire.PutAsync(bucket, "a", $"{i}", "&ifGenerationMatch=0")));
        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.Count(reply => reply.Status == 412).ShouldBe(15);
    }

    [Fact]
    public async Task Insert_ManyAtOnce_GivesEachItsOwnGeneration()
    {
        var bucket = await Wire.NewBucketAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Wire.PutAsync(bucket, "a", $"{i}")));
        replies.Select(reply => reply["generation"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(32);
    }

    private async Task<string> StartAsync(string bucket, string name, string query = "")
    {
        var reply = await Wire.JsonAsync("POST", $"/upload/storage/v1/b/{bucket}/o?uploadType=resumable&name={name}{query}", "{}");
        reply.Status.ShouldBe(200);
        return new Uri(reply.Header("Location")!).PathAndQuery;
    }
}
