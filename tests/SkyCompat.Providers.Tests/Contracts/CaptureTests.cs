using System.Text;
using System.Text.Json;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>Requests that the providers' own clients sent.</summary>
public sealed class CaptureTests(ITestOutputHelper output)
{
    /// <summary>The requests that no description has: polls of the local server's own status address.</summary>
    private const string Poll = "/providers/Microsoft.X/";

    [Fact]
    public void OfficialClients_EveryDescribedRequest_HasNoViolation()
    {
        Specs.Require();
        var problems = new List<string>();
        var fitting = 0;
        var polls = 0;
        foreach (var (name, description, request) in Read())
        {
            if (request.Path.Contains(Poll, StringComparison.Ordinal))
            {
                polls++;
                new ContractChecker(description, "captures").Match(request).ShouldBeNull();
                continue;
            }

            var (_, violations) = new ContractChecker(description, "captures") { AllowsNewerVersions = true }.CheckRequest(request);
            fitting += violations.Count == 0 ? 1 : 0;
            problems.AddRange(violations.Select(violation => $"{name}: {violation}"));
        }

        output.WriteLine($"{fitting} captured requests fit, {polls} are polls of the recording server itself.");
        problems.ShouldBeEmpty(string.Join('\n', problems));
        polls.ShouldBe(9);

        // The README counts 52 that were checked; the upload to OSS, which it says no checker was run on, fits too.
        fitting.ShouldBe(53);
    }

    internal static IEnumerable<(string Name, ApiDescription Description, ContractRequest Request)> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf("captures/official-clients.requests.json")));
        foreach (var capture in document.RootElement.EnumerateArray())
        {
            var name = capture.GetProperty("case").GetString()!;
            var headers = capture.GetProperty("headers").EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()!)).ToList();
            byte[]? body = capture.TryGetProperty("body", out var json) ? Encoding.UTF8.GetBytes(json.GetRawText())
                : capture.TryGetProperty("bodyText", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : null;
            yield return (name, ContractSpecs.Get(DescriptionOf(name)), new ContractRequest
            {
                Method = capture.GetProperty("method").GetString()!,
                Path = capture.GetProperty("path").GetString()!,
                Query = [.. capture.GetProperty("query").EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!))],
                Headers = headers,
                Body = body is { Length: > 0 } ? (ReadOnlyMemory<byte>?)body : null,
                HasBody = body is { Length: > 0 },
            });
        }
    }

    private static string DescriptionOf(string name) => name.Split(' ') switch
    {
        ["gce", ..] => ContractSpecs.GoogleCompute,
        ["gke", ..] => ContractSpecs.GoogleContainer,
        ["gcs", ..] => ContractSpecs.GoogleStorage,
        ["azure", "vm", ..] => ContractSpecs.AzureCompute,
        ["azure", "nic" or "vnet", ..] => ContractSpecs.AzureNetwork,
        ["azure", "aks", ..] => ContractSpecs.AzureContainerService,
        ["azure", "resourceGroup", ..] => ContractSpecs.AzureResources,
        ["alibaba", "ecs", ..] => ContractSpecs.Ecs,
        ["alibaba", "cs", ..] => ContractSpecs.AlibabaContainerService,
        ["alibaba", "oss", ..] => ContractSpecs.Oss,
        ["eks", ..] => ContractSpecs.Eks,
        _ => throw new InvalidDataException(name),
    };
}
