using System.Text.Json.Nodes;
using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google.Emulator;

public sealed class GcsEmulatorFaultTests(GcsEmulatorFixture fixture) : IClassFixture<GcsEmulatorFixture>
{
    private GcsWire Wire => fixture.Wire;

    [Theory]
    [InlineData(503, "backendError")]
    [InlineData(429, "rateLimitExceeded")]
    [InlineData(401, "authError")]
    public async Task Status_NextRequests_AnswerItSoManyTimes(int status, string reason)
    {
        var bucket = await Wire.NewBucketAsync();
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, Operation = "storage.buckets.get", Status = status, RetryAfterSeconds = 7, Times = 2, Skip = 1 });
        (await GetAsync()).Status.ShouldBe(200);
        for (var i = 0; i < 2; i++)
        {
            var reply = await GetAsync();
            (reply.Status, reply.Reason, reply.Header("Retry-After")).ShouldBe((status, reason, "7"));
        }

        (await GetAsync()).Status.ShouldBe(200);

        Task<GcsReply> GetAsync() => Wire.SendAsync("GET", $"/storage/v1/b/{bucket}");
    }

    [Fact]
    public async Task CarriedOut_OnlyTheAnswerIsLost()
    {
        var bucket = await Wire.NewBucketAsync();
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, Operation = "storage.objects.*", Status = 503, CarryOut = true });
        (await Wire.PutAsync(bucket, "a", "data")).Status.ShouldBe(503);
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Text.ShouldBe("data");
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, Operation = "storage.objects.delete", Drop = true, CarryOut = true });

        // On a connection of its own, since a client may send a request again that failed on one that was used before.
        using var other = new GcsWire(fixture.Emulator.Endpoint);
        await Should.ThrowAsync<HttpRequestException>(() => other.SendAsync("DELETE", $"/storage/v1/b/{bucket}/o/a"));
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Cut_BreaksTheConnectionMidway()
    {
        var bucket = await Wire.NewBucketAsync();
        await Wire.PutAsync(bucket, "a", new string('x', 1 << 20));
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, CutAfter = 1000 });
        await Should.ThrowAsync<HttpRequestException>(() => Wire.SendAsync("GET", $"/{bucket}/a"));
        (await Wire.SendAsync("GET", $"/{bucket}/a")).Bytes.Length.ShouldBe(1 << 20);
    }

    [Fact]
    public async Task Html_IsNoDocumentOfTheService()
    {
        var bucket = await Wire.NewBucketAsync();
        fixture.Emulator.Faults.Add(new GcsFault { AddressContains = bucket, Status = 502, AsHtml = true });
        var reply = await Wire.SendAsync("GET", $"/storage/v1/b/{bucket}");
        (reply.Status, reply.Header("Content-Type")).ShouldBe((502, "text/html; charset=UTF-8"));
        reply.Text.ShouldStartWith("<!DOCTYPE html>");
    }

    [Fact]
    public async Task Control_OfAnotherProcess_DoesTheSame()
    {
        await using var emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions());
        using var wire = new GcsWire(emulator.Endpoint);
        (await wire.SendAsync("GET", "/_emulator/")).Status.ShouldBe(200);
        (await wire.JsonAsync("POST", "/_emulator/tokens", """{"token":"t"}""")).Status.ShouldBe(204);
        (await wire.JsonAsync("POST", "/_emulator/faults", """{"operation":"storage.buckets.insert","status":503,"times":1}""")).Status.ShouldBe(204);
        var insert = () => wire.SendAsync("POST", "/storage/v1/b?project=p", """{"name":"bucket"}""", ("Authorization", "Bearer t"));
        (await insert()).Status.ShouldBe(503);
        emulator.Faults.IsEmpty.ShouldBeTrue();
        (await insert()).Status.ShouldBe(200);
        JsonNode.Parse((await wire.SendAsync("GET", "/_emulator/service-account")).Text)!["client_email"]!.ToString().ShouldBe(GcsEmulator.ServiceAccountEmail);
        (await wire.SendAsync("POST", "/_emulator/reset", "")).Status.ShouldBe(204);
        (await insert()).Status.ShouldBe(200);
    }
}
