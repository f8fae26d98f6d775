using System.Text;
using System.Text.Json;
using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>The fakes under the requests that the providers' own clients sent, captured and published: a second judge of the fakes.</summary>
public sealed class CaptureTests
{
    /// <summary>The requests that no description has: polls of the recording server's own status address.</summary>
    private const string Poll = "/providers/Microsoft.X/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Eks_EveryRequestOfTheOfficialClient_IsServed() => ReplayAsync(new EksEmulator { Versions = ["1.30", "1.31"] }, ContractSpecs.Eks, "eks ", 10);

    [Fact]
    public Task Gke_EveryRequestOfTheOfficialClient_IsServed() => ReplayAsync(new GkeEmulator { Versions = ["1.30"] }, ContractSpecs.GoogleContainer, "gke ", 6);

    [Fact]
    public Task Aks_EveryRequestOfTheOfficialClient_IsServed() => ReplayAsync(new AksEmulator(), ContractSpecs.AzureContainerService, "azure aks ", 5);

    [Fact]
    public Task Ack_EveryRequestOfTheOfficialClient_IsServed() => ReplayAsync(new AckEmulator { Versions = ["1.30.1-aliyun.1"] }, ContractSpecs.AlibabaContainerService, "alibaba cs ", 6);

    private static async Task ReplayAsync<TEmulator>(TEmulator emulator, string description, string client, int count)
        where TEmulator : ClusterEmulator
    {
        Assert.SkipWhen(ContractSpecs.Root is null, ContractSpecs.UnavailableReason ?? "");
        await using var owned = emulator;
        await emulator.StartAsync();
        var log = new ContractLog();
        using var handler = new ContractHandler(log, [new() { Description = ContractSpecs.Get(description), Endpoint = emulator.Endpoint, Server = "captures", AllowsNewerVersions = true }]) { InnerHandler = new SocketsHttpHandler() };
        using var http = new HttpMessageInvoker(handler);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(ContractSpecs.PathOf("captures/official-clients.requests.json"), Token));
        var served = 0;
        foreach (var capture in document.RootElement.EnumerateArray().Where(capture => capture.GetProperty("case").GetString()!.StartsWith(client, StringComparison.Ordinal) && !capture.GetProperty("path").GetString()!.Contains(Poll, StringComparison.Ordinal)))
        {
            using var request = Write(capture, emulator);
            using var response = await http.SendAsync(request, Token);
            var said = await response.Content.ReadAsStringAsync(Token);
            response.IsSuccessStatusCode.ShouldBeTrue($"{request.Method} {request.RequestUri}: {said}");
            served++;

            // A client of the recording waited; what it waited for is over.
            emulator.Settle();
        }

        log.AssertClean();
        served.ShouldBe(count);
    }

    private static HttpRequestMessage Write(JsonElement capture, ClusterEmulator emulator)
    {
        // The identity that the recording server gave out; the fakes of the other services know clusters by their names.
        var path = capture.GetProperty("path").GetString()!;
        path = emulator is AckEmulator && emulator.Clusters.Keys.FirstOrDefault() is { } id ? path.Replace("/c1", "/" + id, StringComparison.Ordinal) : path;
        var query = string.Join('&', capture.GetProperty("query").EnumerateObject().Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value.GetString()!)}"));
        var request = new HttpRequestMessage(new HttpMethod(capture.GetProperty("method").GetString()!), new Uri(emulator.Endpoint, query.Length == 0 ? path : $"{path}?{query}"));
        if (capture.TryGetProperty("body", out var body))
        {
            request.Content = new StringContent(body.GetRawText(), Encoding.UTF8, "application/json");
        }

        foreach (var header in capture.GetProperty("headers").EnumerateObject().Where(header => !header.Name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        return request;
    }
}
