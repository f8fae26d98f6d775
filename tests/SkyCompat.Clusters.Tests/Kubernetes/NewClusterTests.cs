using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A Kubernetes of today as its discovery shows it: of each interface the stable version only. What is applied is read by the official client's models, which are made from the published description, and may have no field that they do not know.</summary>
public sealed class NewClusterTests : IDisposable
{
    // Kubernetes 1.33, as its API reference lists it; extended by nothing of a beta.
    private static readonly Dictionary<string, (string Name, string Kind)[]> Interfaces = new(StringComparer.Ordinal)
    {
        ["/api/v1"] = [("configmaps", "ConfigMap"), ("secrets", "Secret"), ("services", "Service")],
        ["/apis/apps/v1"] = [("deployments", "Deployment"), ("statefulsets", "StatefulSet")],
        ["/apis/batch/v1"] = [("cronjobs", "CronJob"), ("cronjobs/status", "CronJob"), ("jobs", "Job")],
        ["/apis/autoscaling/v1"] = [("horizontalpodautoscalers", "HorizontalPodAutoscaler")],
        ["/apis/autoscaling/v2"] = [("horizontalpodautoscalers", "HorizontalPodAutoscaler")],
        ["/apis/policy/v1"] = [("poddisruptionbudgets", "PodDisruptionBudget")],
        ["/apis/networking.k8s.io/v1"] = [("ingresses", "Ingress"), ("networkpolicies", "NetworkPolicy")],
    };

    private static readonly Dictionary<string, Type> Models = new(StringComparer.Ordinal)
    {
        ["Secret"] = typeof(V1Secret),
        ["ConfigMap"] = typeof(V1ConfigMap),
        ["Deployment"] = typeof(V1Deployment),
        ["StatefulSet"] = typeof(V1StatefulSet),
        ["Job"] = typeof(V1Job),
        ["CronJob"] = typeof(V1CronJob),
        ["Service"] = typeof(V1Service),
        ["Ingress"] = typeof(V1Ingress),
        ["HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    /// <summary>The models stand for all fields of the description.</summary>
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = { new PlainQuantities() } };

    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-new-").FullName;
    private readonly ConcurrentDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private int _version;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Apply_OnANewCluster_TakesStableVersionsAndAsksForNoOther()
    {
        await using var server = new FakeApiServer(Answer);
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));
        var workloads = FakeClusterTests.Workloads(services);
        var probe = new WorkloadProbe { Path = "/", Port = 8080 };
        Workload[] wanted =
        [
            TestCluster.Server("web", "true") with
            {
                Environment = Named("A", "a"), Secrets = Named("B", "b"), Files = Named("/etc/c", "c"), AlwaysPull = true,
                Resources = new WorkloadResources { Cpu = 0.1, MaxCpu = 1, MemoryBytes = 16 << 20, MaxMemoryBytes = 64 << 20, Gpus = 1 },
                Ports = [new WorkloadPort(8080), new WorkloadPort(53) { IsUdp = true }],
                ReadinessProbe = probe, LivenessProbe = new WorkloadProbe { Command = ["true"] }, StartupProbe = new WorkloadProbe { Port = 8080 },
                Volumes = [new WorkloadVolume("scratch", "/s"), new WorkloadVolume("memory", "/m") { InMemory = true }, new WorkloadVolume("old", "/o") { ExistingClaim = "old", ReadOnly = true }],
                Service = new WorkloadService { Reach = ServiceReach.LoadBalancer, Port = 80 }, Ingress = new WorkloadIngress("shop.example.com", "/a") { TlsSecret = "tls", ClassName = "nginx" },
                Autoscale = new WorkloadAutoscale(1, 3) { MemoryPercent = 70 }, MinAvailable = 1,
            },
            TestCluster.Server("store", "true") with { Kind = WorkloadKind.StatefulSet, Volumes = [new WorkloadVolume("data", "/d") { ClaimBytes = 1 << 30, StorageClass = "fast" }] },
            TestCluster.Job("crunch", "true") with { Kind = WorkloadKind.ParallelJob, Replicas = 2, Job = new JobSettings { Completions = 3, Retries = 1, Deadline = TimeSpan.FromMinutes(1), KeepFor = TimeSpan.FromHours(1) } },
            TestCluster.Job("nightly", "true") with { Kind = WorkloadKind.CronJob, Schedule = "@daily", Job = new JobSettings { Retries = 1 } },
        ];
        var applied = new List<AppliedObject>();
        foreach (var workload in wanted)
        {
            applied.AddRange((await workloads.ApplyAsync(workload, cancellationToken: Token)).Objects);
        }

        applied.Select(item => $"{item.Kind} {item.ApiVersion}").Distinct(StringComparer.Ordinal).ShouldBe(
            [
                "Secret v1", "ConfigMap v1", "Deployment apps/v1", "Service v1", "Ingress networking.k8s.io/v1", "HorizontalPodAutoscaler autoscaling/v2", "PodDisruptionBudget policy/v1",
                "StatefulSet apps/v1", "Job batch/v1", "CronJob batch/v1",
            ]);
        server.Requests.ShouldNotContain(request => request.Contains("beta", StringComparison.Ordinal));
        _objects.Values.Select(Unknown).OfType<string>().ShouldBeEmpty();
        foreach (var workload in wanted)
        {
            (await workloads.ApplyAsync(workload, cancellationToken: Token)).Changed.ShouldBeFalse(workload.Name);
        }
    }

    [Fact]
    public async Task Delete_OnANewCluster_LooksForStableVersionsFirst()
    {
        await using var server = new FakeApiServer(Answer);
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));
        var workloads = FakeClusterTests.Workloads(services);
        await workloads.ApplyAsync(TestCluster.Job("nightly", "true") with { Kind = WorkloadKind.CronJob, Schedule = "@daily" }, cancellationToken: Token);

        (await workloads.DeleteAsync("nightly", cancellationToken: Token)).ShouldBeTrue();

        _objects.ShouldBeEmpty();
        server.Requests.ShouldContain(request => request == "DELETE /apis/batch/v1/namespaces/shop/cronjobs/nightly");
        server.Requests.ShouldNotContain(request => request.Contains("beta", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Named(string name, string text) => new(StringComparer.Ordinal) { [name] = text };

    /// <summary>What the official model of an object says against it; null if nothing.</summary>
    private static string? Unknown(JsonObject item)
    {
        try
        {
            item.Deserialize(Models[item["kind"]!.GetValue<string>()], Strict).ShouldNotBeNull();
            return null;
        }
        catch (JsonException exception)
        {
            return $"{item["kind"]} {item["metadata"]!["name"]}: {exception.Message}";
        }
    }

    /// <summary>Keeps what is applied, as servers since 1.21 do: what is applied again as it is stays as it is.</summary>
    private (int Status, string Body) Answer(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath;
        if (Interfaces.TryGetValue(path, out var resources))
        {
            return (200, new JsonObject { ["kind"] = "APIResourceList", ["resources"] = new JsonArray([.. resources.Select(resource => (JsonNode)new JsonObject { ["name"] = resource.Name, ["kind"] = resource.Kind, ["namespaced"] = true })]) }.ToJsonString());
        }

        if (!Interfaces.Keys.Any(root => path.StartsWith(root + "/", StringComparison.Ordinal)))
        {
            return NotFound();
        }

        switch (request.HttpMethod)
        {
            case "PATCH":
                var wanted = JsonNode.Parse(request.InputStream)!.AsObject();
                if (!_objects.TryGetValue(path, out var before) || !JsonNode.DeepEquals(Bare(before), wanted))
                {
                    var stored = wanted.DeepClone().AsObject();
                    stored["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
                    _objects[path] = stored;
                }

                return (200, _objects[path].ToJsonString());
            case "DELETE":
                return _objects.TryRemove(path, out var gone) ? (200, gone.ToJsonString()) : NotFound();
            default:
                return _objects.TryGetValue(path, out var found) ? (200, found.ToJsonString())
                    : request.QueryString.Count > 0 || path.EndsWith("/pods", StringComparison.Ordinal) ? (200, List(path))
                    : NotFound();
        }
    }

    private string List(string path) => new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
        ["items"] = new JsonArray([.. _objects.Where(pair => pair.Key.StartsWith(path + "/", StringComparison.Ordinal)).Select(pair => (JsonNode)pair.Value.DeepClone())]),
    }.ToJsonString();

    private static (int Status, string Body) NotFound() => (404, FakeApiServer.Status(404, "NotFound", "not found"));

    private static JsonObject Bare(JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        copy["metadata"]!.AsObject().Remove("resourceVersion");
        return copy;
    }

    /// <summary>Amounts and ports are texts or numbers.</summary>
    private sealed class PlainQuantities : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(ResourceQuantity) || typeToConvert == typeof(IntOrString);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Skipping<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class Skipping<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return default;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
