using System.Text;
using System.Text.Json.Nodes;
using SkyCompat.Contracts;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>The emulator under the requests that Azure's own JavaScript clients sent, captured and published: a second judge of the emulator.</summary>
public sealed class AzureCapturesTests
{
    private static readonly string[] Order =
        ["azure resourceGroup createOrUpdate", "azure vnet createOrUpdate", "azure nic createOrUpdate", "azure vm createOrUpdate", "azure vm get", "azure vm list", "azure vm powerOff", "azure vm start", "azure vm deallocate", "azure vm delete"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_official_clients_requests_are_served()
    {
        Assert.SkipWhen(ContractSpecs.Root is null, ContractSpecs.UnavailableReason ?? "");
        var captures = JsonNode.Parse(await File.ReadAllTextAsync(ContractSpecs.PathOf("captures/official-clients.requests.json"), Token))!.AsArray().OfType<JsonObject>()
            .Where(capture => Order.Contains(capture["case"]!.GetValue<string>(), StringComparer.Ordinal) && !capture["path"]!.GetValue<string>().Contains("Microsoft.X", StringComparison.Ordinal))
            .OrderBy(capture => Array.IndexOf(Order, capture["case"]!.GetValue<string>())).ToList();
        await using var emulator = await ArmEmulator.StartAsync(new ArmEmulatorOptions { SubscriptionId = "S", Regions = ["eastus"], Token = "fake-token" });
        emulator.Catalog.Sizes.Add(new ArmSize("Standard_B1s", "standardBSFamily", 1, 1, 0.01m));
        var log = new ContractLog();
        using var handler = new ContractHandler(log, Services(emulator.Endpoint)) { InnerHandler = new SocketsHttpHandler() };
        using var http = new HttpMessageInvoker(handler);
        var served = 0;
        foreach (var capture in captures)
        {
            if (capture["case"]!.GetValue<string>() == "azure nic createOrUpdate" && served < 4)
            {
                // The capture takes an address for granted.
                await SendAsync(http, emulator.Endpoint, "PUT", "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/p?api-version=2025-05-01", """{"location":"eastus","properties":{}}""");
            }

            var query = string.Join('&', capture["query"]!.AsObject().Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!.GetValue<string>())}"));
            var operation = await SendAsync(http, emulator.Endpoint, capture["method"]!.GetValue<string>(), $"{capture["path"]!.GetValue<string>()}?{query}", capture["body"]?.ToJsonString());
            served++;
            while (operation is not null && await SendForBodyAsync(http, operation) is { } body && body["status"]!.GetValue<string>() == "InProgress")
            {
            }
        }

        served.ShouldBeGreaterThanOrEqualTo(13);
        log.AssertClean();
        emulator.Store.OfType("virtualMachines").ShouldBeEmpty();
        emulator.Store.OfType("networkInterfaces").Count.ShouldBe(1, "that client asks for no cascade");
    }

    private static IReadOnlyList<ContractService> Services(Uri endpoint)
    {
        const string Own = "/subscriptions/S/resourceGroups/rg/providers";
        return
        [
            new ContractService { Description = ArmDescriptions.Operations, Endpoint = endpoint, Paths = ["/subscriptions/S/providers/Microsoft.Compute/locations/westeurope/operations"] },
            Service(ContractSpecs.AzureCompute, Own + "/Microsoft.Compute"),
            Service(ContractSpecs.AzureNetwork, Own + "/Microsoft.Network"),
            Service(ContractSpecs.AzureResources, "/subscriptions/S/resource"),
        ];

        ContractService Service(string name, string path) => new() { Description = ContractSpecs.Get(name), Endpoint = endpoint, Paths = [path], Server = "captures", AllowsNewerVersions = true };
    }

    private static async Task<string?> SendAsync(HttpMessageInvoker http, Uri endpoint, string method, string target, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(endpoint, target));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer fake-token");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request, Token);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {target}: {await response.Content.ReadAsStringAsync(Token)}");
        return response.Headers.TryGetValues("Azure-AsyncOperation", out var values) ? values.Single() : null;
    }

    private static async Task<JsonNode?> SendForBodyAsync(HttpMessageInvoker http, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer fake-token");
        using var response = await http.SendAsync(request, Token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token));
    }
}
