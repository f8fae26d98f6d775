using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>The signed URLs that Google publishes for its clients are good here, and are not once a character of them is another.</summary>
public sealed class GcsEmulatorVectorTests
{
    [Fact]
    public async Task PublishedUrls_Signature_IsAccepted()
    {
        var vectors = Load();
        var clock = new FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { Clock = clock });
        emulator.RegisterServiceAccount(vectors["signerEmail"]!.ToString(), vectors["publicKeyPem"]!.ToString());
        using var wire = new GcsWire(emulator.Endpoint);
        var cases = vectors["signingV4Tests"]!.AsArray();
        cases.Count.ShouldBe(29);

        // One has a header whose name HTTP does not allow, so it can be signed but not sent.
        foreach (var vector in cases.Where(item => item!["headers"]?["header/name/with/slash"] is null).OrderBy(item => item!["timestamp"]!.ToString(), StringComparer.Ordinal))
        {
            clock.SetUtcNow(DateTimeOffset.Parse(vector!["timestamp"]!.ToString()));
            var url = new Uri(vector["expectedUrl"]!.ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            var headers = (vector["headers"]?.AsObject() ?? []).Select(pair => (pair.Key, pair.Value!.ToString())).Append(("Host", url.Authority)).ToArray();
            var reply = await wire.SendAsync(vector["method"]!.ToString(), url.PathAndQuery, (byte[]?)null, headers);
            IsAboutTheSignature(reply).ShouldBeFalse($"{vector["name"]}: {reply.Text}");
            var last = url.PathAndQuery[^1];
            reply = await wire.SendAsync(vector["method"]!.ToString(), url.PathAndQuery[..^1] + (last == '0' ? '1' : '0'), (byte[]?)null, headers);
            IsAboutTheSignature(reply).ShouldBeTrue($"{vector["name"]}, changed: {reply.Text}");
        }
    }

    /// <summary>There is no such bucket, which an accepted request is told.</summary>
    private static bool IsAboutTheSignature(GcsReply reply) => !reply.Text.Contains("NoSuchBucket", StringComparison.Ordinal) && !reply.Text.Contains("NotImplemented", StringComparison.Ordinal);

    private static JsonNode Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SkyCompat.sln")))
        {
            folder = folder.Parent;
        }

        var file = folder is null ? null : Path.Combine(folder.FullName, "..", "shared", "specs", "google", "gcs-v4-signing.vectors.json");
        Assert.SkipUnless(File.Exists(file), "The providers' published descriptions are not beside this clone (../shared/specs).");
        return JsonNode.Parse(File.ReadAllText(file!))!;
    }
}
