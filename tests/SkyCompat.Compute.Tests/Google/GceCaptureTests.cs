using System.Net;
using System.Text;
using System.Text.Json;
using SkyCompat.Contracts;
using SkyCompat.Emulators.GoogleCompute;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>What Google's own client sent, replayed at the server of this repository.</summary>
public sealed class GceCaptureTests(ITestOutputHelper output)
{
    [Fact]
    public async Task OfficialClient_EveryRequest_IsServed()
    {
        if (ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var emulator = await GceEmulator.StartAsync(new GceEmulatorOptions { ProjectId = "p", AccessTokens = ["fake-token"] });
        using var client = new HttpClient { BaseAddress = emulator.Endpoint };
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(ContractSpecs.PathOf("captures/official-clients.requests.json")));
        var served = new List<string>();
        string? operation = null;

        // In an order in which a machine can be changed and deleted at last; the values that a server gives out stand in for those of the recording.
        string[] order = ["insert", "get", "list", "zoneOperations.wait", "setLabels", "stop", "delete"];
        var captures = document.RootElement.EnumerateArray().Where(capture => capture.GetProperty("case").GetString()!.StartsWith("gce ", StringComparison.Ordinal)).ToList();
        captures.Count.ShouldBe(7);
        foreach (var capture in order.Select(name => captures.Single(capture => capture.GetProperty("case").GetString()!.EndsWith(name, StringComparison.Ordinal))))
        {
            var path = capture.GetProperty("path").GetString()!.Replace("operation-1", operation, StringComparison.Ordinal);
            var query = string.Join('&', capture.GetProperty("query").EnumerateObject().Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value.GetString()!)}"));
            using var request = new HttpRequestMessage(new HttpMethod(capture.GetProperty("method").GetString()!), query.Length == 0 ? path : $"{path}?{query}");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer fake-token");
            if (capture.TryGetProperty("body", out var body))
            {
                var text = body.GetRawText();
                if (text.Contains("\"fp\"", StringComparison.Ordinal))
                {
                    using var instance = JsonDocument.Parse(emulator.Find("zones/us-central1-a/instances", "vm1")!);
                    text = text.Replace("\"fp\"", instance.RootElement.GetProperty("labelFingerprint").GetRawText(), StringComparison.Ordinal);
                }

                request.Content = new StringContent(text, Encoding.UTF8, "application/json");
            }

            using var reply = await client.SendAsync(request);
            var said = await reply.Content.ReadAsStringAsync();
            reply.StatusCode.ShouldBe(HttpStatusCode.OK, $"{capture.GetProperty("case")}: {said}");
            using var read = JsonDocument.Parse(said);
            if (read.RootElement.GetProperty("kind").GetString() == "compute#operation")
            {
                var name = read.RootElement.GetProperty("name").GetString()!;
                operation ??= name;
                using var wait = new HttpRequestMessage(HttpMethod.Post, $"/compute/v1/projects/p/zones/us-central1-a/operations/{name}/wait");
                wait.Headers.TryAddWithoutValidation("Authorization", "Bearer fake-token");
                using var waited = await client.SendAsync(wait);
                using var done = JsonDocument.Parse(await waited.Content.ReadAsStringAsync());
                done.RootElement.GetProperty("status").GetString().ShouldBe("DONE");
                done.RootElement.TryGetProperty("error", out _).ShouldBeFalse(done.RootElement.GetRawText());
            }

            served.Add(capture.GetProperty("case").GetString()!);
        }

        emulator.Names("zones/us-central1-a/instances").ShouldBeEmpty();
        output.WriteLine(string.Join('\n', served));
    }
}
