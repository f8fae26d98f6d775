using System.Net;
using System.Text.Json;
using SkyCompat.Alibaba;
using SkyCompat.Contracts;
using SkyCompat.Emulators.AlibabaEcs;
using SkyCompat.S3;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>The requests that Alibaba Cloud's own JavaScript client sent, replayed against the emulator, which must understand them.</summary>
public sealed class EcsCaptureTests
{
    [Fact]
    public async Task OfficialClient_EveryCapturedEcsRequest_Succeeds()
    {
        if (ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var emulator = await EcsEmulator.StartAsync(new EcsEmulatorOptions());
        emulator.State.Seed(EcsTestCloud.Region, EcsTestCloud.Zone, "vpc-1", "vsw-1", "sg-1");
        emulator.State.SeedInstance("i-1", "vsw-1", new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" });
        var log = new ContractLog { ThrowsAtOnce = true };
        using var http = new HttpMessageInvoker(new ContractHandler(log, EcsTestCloud.Describe(emulator)) { InnerHandler = new HttpClientHandler() });
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(ContractSpecs.PathOf("captures/official-clients.requests.json")));
        var replayed = new List<string>();
        foreach (var capture in document.RootElement.EnumerateArray().Where(capture => capture.GetProperty("case").GetString()!.StartsWith("alibaba ecs ", StringComparison.Ordinal)))
        {
            using var request = Resign(capture, emulator.Endpoint);
            using var response = await http.SendAsync(request, default);
            var text = await response.Content.ReadAsStringAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            replayed.Add(capture.GetProperty("headers").GetProperty("x-acs-action").GetString()!);

            // An instance is stopped before it can be deleted.
            while (replayed[^1] == "StopInstance" && !(await DescribeAsync(http, emulator)).Contains("\"Stopped\"", StringComparison.Ordinal))
            {
            }
        }

        replayed.ShouldBe(["RunInstances", "DescribeInstances", "StopInstance", "DeleteInstance"]);
        log.Signatures.ShouldBe(log.Requests);
        log.AssertClean();
    }

    /// <summary>The captured request with the keys and the host of the emulator; its own signature is of another host.</summary>
    private static HttpRequestMessage Resign(JsonElement capture, Uri endpoint)
    {
        var pairs = capture.GetProperty("query").EnumerateObject().Select(pair => (pair.Name, Value: pair.Value.GetString()!)).OrderBy(pair => pair.Name, StringComparer.Ordinal);
        var query = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = endpoint.Authority };
        foreach (var header in capture.GetProperty("headers").EnumerateObject().Where(header => header.Name.StartsWith("x-acs-", StringComparison.Ordinal)))
        {
            headers[header.Name] = header.Name == "x-acs-date" ? DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : header.Value.GetString()!;
        }

        var request = new HttpRequestMessage(new HttpMethod(capture.GetProperty("method").GetString()!), $"{endpoint.GetLeftPart(UriPartial.Authority)}/?{query}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var keys = new S3Credentials(EcsAccount.Main.AccessKeyId, EcsAccount.Main.AccessKeySecret, null, null);
        request.Headers.TryAddWithoutValidation("authorization", Acs3Signer.Authorize(keys, request.Method.Method, "/", query, headers, headers["x-acs-content-sha256"]));
        return request;
    }

    private static async Task<string> DescribeAsync(HttpMessageInvoker http, EcsEmulator emulator)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["RegionId"] = EcsTestCloud.Region, ["InstanceIds"] = "[\"i-1\"]" };
        using var request = Acs3Request.Create(emulator.Endpoint, "DescribeInstances", "2014-05-26", parameters, new S3Credentials(EcsAccount.Main.AccessKeyId, EcsAccount.Main.AccessKeySecret, null, null), DateTimeOffset.UtcNow);
        using var response = await http.SendAsync(request, default);
        return await response.Content.ReadAsStringAsync();
    }
}
