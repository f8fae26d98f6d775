using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Azure;
using SkyCompat.Contracts;
using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>The replies that Azure publishes as examples, read by the driver.</summary>
public sealed class AzureExamplesTests
{
    private static readonly Dictionary<string, Func<ComputeDriver, JsonNode, CancellationToken, Task<int>>> Readers = new(StringComparer.Ordinal)
    {
        ["VirtualMachines_Get"] = static async (driver, _, token) => Count(await driver.TryGetAsync("x", token)),
        ["VirtualMachines_CreateOrUpdate"] = static async (driver, _, token) => Count(await driver.TryGetAsync("x", token)),
        ["VirtualMachines_Update"] = static async (driver, _, token) => Count(await driver.TryGetAsync("x", token)),
        ["VirtualMachines_List"] = static (_, body, _) => Task.FromResult(ReadAll(body)),
        ["VirtualMachines_ListAll"] = static (_, body, _) => Task.FromResult(ReadAll(body)),
        ["VirtualMachines_RetrieveBootDiagnosticsData"] = static async (driver, _, token) => (await driver.GetConsoleOutputAsync("x", token)).Length + 1,
        ["Usage_List"] = static async (driver, _, token) => Count(await driver.ProbeAsync(new Offer { Location = new CloudLocation("x"), InstanceType = "y", Market = Market.OnDemand, Shape = new MachineShape(1, 1) }, 1, token)),
        ["ResourceSkus_List"] = static async (driver, body, token) =>
            (await driver.FindOffersPageAsync(new OfferQuery(new MachineNeed { InstanceType = "none" }) { Regions = [body["value"]!.AsArray().Select(sku => sku!["locations"]![0]!.GetValue<string>()).First()] }, null, token)).Items.Count + 1,
        ["VirtualMachineImages_List"] = static async (driver, _, token) => Count(await driver.TryFindImageAsync(ImageReference.OfFamily("debian-12"), CpuArchitecture.X64, "x", token)),
        ["VirtualMachineImages_Get"] = static async (driver, _, token) => Count(await driver.TryFindImageAsync(ImageReference.OfId("a:b:c:1"), CpuArchitecture.X64, "x", token)),
        ["SshPublicKeys_ListByResourceGroup"] = static async (driver, body, token) => (await driver.KeyPairs!.ListPageAsync(LocationsIn(body)[0], null, token)).Items.Count,
        ["Disks_Get"] = static async (driver, _, token) => Count(await driver.Disks!.TryGetAsync("x", token)),
        ["Disks_CreateOrUpdate"] = static async (driver, _, token) => Count(await driver.Disks!.TryGetAsync("x", token)),
        ["Disks_ListByResourceGroup"] = static async (driver, body, token) => (await driver.Disks!.ListPageAsync(LocationsIn(body)[0], null, token)).Items.Count + 1,
        ["Snapshots_Get"] = static async (driver, _, token) => Count(await driver.Snapshots!.TryGetAsync("x", token)),
        ["Snapshots_CreateOrUpdate"] = static async (driver, _, token) => Count(await driver.Snapshots!.TryGetAsync("x", token)),
        ["Snapshots_ListByResourceGroup"] = static async (driver, body, token) => (await driver.Snapshots!.ListPageAsync(LocationsIn(body)[0], null, token)).Items.Count + 1,
        ["NetworkSecurityGroups_List"] = static async (driver, body, token) => (await driver.Firewalls!.ListPageAsync(LocationsIn(body)[0], null, token)).Items.Count + 1,
        ["VirtualNetworks_List"] = static async (driver, body, token) => (await driver.Networks!.ListPageAsync(LocationsIn(body)[0], null, token)).Items.Count + 1,
        ["PublicIPAddresses_Get"] = static async (driver, _, token) => Count(await driver.Addresses!.TryGetAsync("x", token)),
        ["PublicIPAddresses_CreateOrUpdate"] = static async (driver, _, token) => Count(await driver.Addresses!.TryGetAsync("x", token)),
        ["PublicIPAddresses_List"] = static async (driver, body, token) => (await driver.Addresses!.ListPageAsync(LocationsIn(body)[0], null, token)).Items.Count + 1,
    };

    [Fact]
    public async Task Every_example_of_what_the_driver_asks_is_read()
    {
        Assert.SkipWhen(ContractSpecs.Root is null, ContractSpecs.UnavailableReason ?? "");
        var problems = new List<string>();
        var (replies, operations) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var (operation, file, status, body) in Examples().Where(example => Readers.ContainsKey(example.Operation)))
        {
            var driver = Driver(body);
            try
            {
                if (await Readers[operation](driver, body, TestContext.Current.CancellationToken) == 0)
                {
                    problems.Add($"{file} {status}: nothing was read");
                }
            }
            catch (CloudException exception)
            {
                problems.Add($"{file} {status}: {exception.Message}");
            }

            replies++;
            operations.Add(operation);
        }

        problems.ShouldBeEmpty();
        replies.ShouldBeGreaterThan(150);
        TestContext.Current.TestOutputHelper?.WriteLine($"{replies} replies of {operations.Count} operations");
    }

    /// <summary>The machines of a list, each read as a look reads it.</summary>
    private static int ReadAll(JsonNode list)
    {
        using var document = JsonDocument.Parse(list.ToJsonString());
        return document.RootElement.Items("value")
            .Select(machine => VirtualMachineReader.Read(machine, machine.At("properties", "instanceView"), MachineAddressPair.None, new ArmScope(ArmCloud.Subscription, "skycompat")))
            .Count(instance => instance.Id.Length > 0 || instance.RawState.Length > 0);
    }

    private static int Count(object? found) => found is null ? 0 : 1;

    private static List<string> LocationsIn(JsonNode body) => [.. body["value"]!.AsArray().Select(item => item!["location"]?.GetValue<string>()).OfType<string>().Distinct(StringComparer.Ordinal).DefaultIfEmpty("none")];

    private static IEnumerable<(string Operation, string File, string Status, JsonNode Body)> Examples()
    {
        foreach (var description in new[] { ContractSpecs.AzureCompute, ContractSpecs.AzureDisks, ContractSpecs.AzureSkus, ContractSpecs.AzureNetwork })
        {
            var document = JsonNode.Parse(File.ReadAllText(ContractSpecs.PathOf($"azure/{description}.json")))!;
            foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(pair => pair.Value).OfType<JsonObject>())
            {
                foreach (var (_, reference) in operation["x-ms-examples"]?.AsObject() ?? [])
                {
                    var file = reference!["$ref"]!.GetValue<string>();
                    var example = JsonNode.Parse(File.ReadAllText(ContractSpecs.PathOf("azure/" + file)))!;
                    foreach (var (status, reply) in example["responses"]!.AsObject())
                    {
                        if (status.StartsWith('2') && reply?["body"] is { } body)
                        {
                            yield return (operation["operationId"]!.GetValue<string>(), Path.GetFileName(file), status, body);
                        }
                    }
                }
            }
        }
    }

    /// <summary>A driver whose first request is answered by the example, and all further ones by nothing found.</summary>
    private static ComputeDriver Driver(JsonNode body)
    {
        // Where the service leaves the rest out, there is nothing more to ask for.
        var whole = body.DeepClone();
        (whole as JsonObject)?.Remove("nextLink");
        var http = new HttpMessageInvoker(new Once(whole.ToJsonString()));
        var clock = new ServerClock(TimeProvider.System);
        var context = new ArmContext
        {
            Endpoint = new Uri("https://management.azure.com"),
            Tokens = new TokenSource(new StaticToken(), clock, "scope"),
            Clock = clock,
            Http = http,
            Scope = new ArmScope(ArmCloud.Subscription, "skycompat"),
        };
        return new AzureComputeDriver(new ArmClient(context), new RetailPrices(http, new Uri("https://prices.azure.com/api/retail/prices"), TimeProvider.System), new StaticToken(), "westeurope", TimeProvider.System);
    }

    private sealed class Once(string body) : HttpMessageHandler
    {
        private int _calls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            return Task.FromResult(_calls++ == 0 ? Reply(HttpStatusCode.OK, body) : Reply(HttpStatusCode.NotFound, """{"error":{"code":"ResourceNotFound","message":"none"}}"""));
        }

        private static HttpResponseMessage Reply(HttpStatusCode status, string text) => new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
