using System.Globalization;
using System.Text;
using k8s;
using SkyCompat.Drivers;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Workloads by the interface that every Kubernetes cluster has.</summary>
internal sealed class KubernetesWorkloadDriver : WorkloadDriver
{
    private const int PageSize = 500;

    // A connection that died without a word is noticed when the server should have ended the watch.
    private const string WatchSeconds = "300";

    /// <summary>The kinds that are workloads, in the order they are looked for.</summary>
    private static readonly (string Kind, string[] Versions)[] WorkloadKinds =
        [("Deployment", ["apps/v1"]), ("Job", ["batch/v1"]), ("StatefulSet", ["apps/v1"]), ("CronJob", ApiDiscovery.CronJobs)];

    private readonly ApiServer _api;
    private readonly ApiDiscovery _discovery;
    private readonly WorkloadRenderer _renderer;
    private readonly ManifestReader _manifests;
    private readonly Lazy<IDisposable>? _native;

    public KubernetesWorkloadDriver(ApiServer api)
    {
        _api = api;
        _discovery = new ApiDiscovery(api);
        _renderer = new WorkloadRenderer(_discovery);
        _manifests = new ManifestReader(_discovery);
        _native = NativeClient.IsSupported ? new Lazy<IDisposable>(() => NativeClient.Create(api.Handler)) : null;
    }

    public override Task<IReadOnlyList<ManifestObject>> RenderAsync(string workloads, Workload workload, CancellationToken cancellationToken) => _renderer.RenderAsync(workloads, workload, cancellationToken);

    public override Task<IReadOnlyList<ManifestObject>> ReadManifestAsync(string workloads, string yaml, CancellationToken cancellationToken) => _manifests.ReadAsync(workloads, yaml, cancellationToken);

    public override Task<AppliedObject> ApplyAsync(ManifestObject item, ApplyOptions options, CancellationToken cancellationToken) => new Application(_api).ApplyAsync(item, options, cancellationToken);

    public override async Task<IReadOnlyList<ManifestObject>> FindObjectsAsync(string workloads, string name, CancellationToken cancellationToken)
    {
        List<ApiKind?> kinds =
        [
            ApiKind.Deployment, ApiKind.StatefulSet, await _discovery.TryGetAsync("CronJob", ApiDiscovery.CronJobs, cancellationToken).ConfigureAwait(false), ApiKind.Job,
            ApiKind.Service, ApiKind.Secret, ApiKind.ConfigMap, ApiKind.ServiceAccount,
            await _discovery.TryGetAsync("Ingress", ApiDiscovery.Ingresses, cancellationToken).ConfigureAwait(false),
            await _discovery.TryGetAsync("HorizontalPodAutoscaler", ApiDiscovery.Autoscalers, cancellationToken).ConfigureAwait(false),
            await _discovery.TryGetAsync("PodDisruptionBudget", ApiDiscovery.DisruptionBudgets, cancellationToken).ConfigureAwait(false),
        ];
        var found = new List<ManifestObject>();
        foreach (var kind in kinds.OfType<ApiKind>())
        {
            var list = await _api.GetAsync(WithQuery(kind.PathOf(workloads), ("labelSelector", WorkloadLabels.SelectorOf(name))), cancellationToken).ConfigureAwait(false);

            // The jobs of a cron job go with it.
            found.AddRange(list.Items("items").Where(item => !item.Items("metadata", "ownerReferences").Any()).Select(item => item.Text("metadata", "name")).OfType<string>()
                .Select(item => new ManifestObject(kind.ApiVersion, kind.Kind, workloads, item, kind.PathOf(workloads, item), "")));
        }

        return found;
    }

    public override async Task<bool> DeleteAsync(ManifestObject item, CancellationToken cancellationToken)
    {
        try
        {
            // Without it the interface of jobs leaves their pods.
            await _api.SendAsync(HttpMethod.Delete, item.Path, """{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground"}""", null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
        {
            return false;
        }
    }

    public override async Task<WorkloadStatus?> TryGetAsync(string workloads, string name, CancellationToken cancellationToken)
    {
        foreach (var (kind, versions) in WorkloadKinds)
        {
            if (await _discovery.TryGetAsync(kind, versions, cancellationToken).ConfigureAwait(false) is { } found
                && await _api.TryGetAsync(found.PathOf(workloads, name), cancellationToken).ConfigureAwait(false) is { } item)
            {
                return StatusReader.Read(item, kind);
            }
        }

        return null;
    }

    public override async Task<DriverPage<WorkloadStatus>> ListAsync(string workloads, string? pageToken, CancellationToken cancellationToken)
    {
        // A token is the number of the kind, and where its list goes on.
        var bar = pageToken?.IndexOf('|', StringComparison.Ordinal) ?? -1;
        var index = bar < 0 ? 0 : int.Parse(pageToken.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture);
        var next = bar < 0 ? "" : pageToken![(bar + 1)..];
        var (kind, versions) = WorkloadKinds[index];
        var items = new List<WorkloadStatus>();
        string? going = null;
        if (await _discovery.TryGetAsync(kind, versions, cancellationToken).ConfigureAwait(false) is { } found)
        {
            var list = await _api.GetAsync(PageOf(found.PathOf(workloads), next, ("labelSelector", WorkloadLabels.SelectorOfAll)), cancellationToken).ConfigureAwait(false);
            items.AddRange(list.Items("items").Where(item => !item.Items("metadata", "ownerReferences").Any()).Select(item => StatusReader.Read(item, kind)));
            going = NextOf(list);
        }

        var token = going is not null ? string.Create(CultureInfo.InvariantCulture, $"{index}|{going}")
            : index + 1 < WorkloadKinds.Length ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}|")
            : null;
        return new DriverPage<WorkloadStatus>(items, token);
    }

    public override async Task<PodPage> ListPodsAsync(string workloads, PodQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var list = await _api.GetAsync(
            WithQuery(ApiKind.Pod.PathOf(workloads), ("limit", query.PageSize.ToString(CultureInfo.InvariantCulture)), ("continue", pageToken), ("labelSelector", WorkloadLabels.SelectorOf(query))), cancellationToken).ConfigureAwait(false);
        return new PodPage([.. list.Items("items").Select(PodReader.Read)], NextOf(list), list.Text("metadata", "resourceVersion") ?? "");
    }

    public override async Task<Pod?> TryGetPodAsync(string workloads, string name, CancellationToken cancellationToken) =>
        await _api.TryGetAsync(ApiKind.Pod.PathOf(workloads, name), cancellationToken).ConfigureAwait(false) is { } item ? PodReader.Read(item) : null;

    public override async Task<IAsyncEnumerable<PodNotice>> OpenWatchAsync(string workloads, PodQuery query, string resourceVersion, CancellationToken cancellationToken)
    {
        var path = WithQuery(
            ApiKind.Pod.PathOf(workloads), ("watch", "true"), ("allowWatchBookmarks", "true"), ("timeoutSeconds", WatchSeconds), ("resourceVersion", resourceVersion), ("labelSelector", WorkloadLabels.SelectorOf(query)));
        return WatchReader.ReadPodsAsync(await _api.OpenAsync(path, cancellationToken).ConfigureAwait(false), CancellationToken.None);
    }

    public override async Task<IAsyncEnumerable<WorkloadStatus?>> OpenWatchAsync(string workloads, WorkloadStatus from, CancellationToken cancellationToken)
    {
        var (kind, versions) = Array.Find(WorkloadKinds, item => item.Kind == KindOf(from.Kind));
        var found = await _discovery.GetAsync(kind, versions, cancellationToken).ConfigureAwait(false);
        var path = WithQuery(
            found.PathOf(workloads), ("watch", "true"), ("timeoutSeconds", WatchSeconds), ("resourceVersion", from.ResourceVersion), ("fieldSelector", $"metadata.name={from.Name}"));
        return WatchReader.ReadStatusAsync(await _api.OpenAsync(path, cancellationToken).ConfigureAwait(false), kind, CancellationToken.None);
    }

    public override async Task<Stream> OpenLogAsync(string workloads, string pod, LogOptions options, CancellationToken cancellationToken)
    {
        var path = WithQuery(
            ApiKind.Pod.PathOf(workloads, pod) + "/log",
            ("timestamps", "true"),
            ("container", options.Container),
            ("follow", options.Follow ? "true" : null),
            ("previous", options.Previous ? "true" : null),
            ("tailLines", options.Tail?.ToString(CultureInfo.InvariantCulture)),
            ("sinceTime", options.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        var reply = await _api.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return new ReplyStream(reply, await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
    }

    public override async Task<ExecResult> ExecAsync(string workloads, string pod, IReadOnlyList<string> command, ExecOptions options, CancellationToken cancellationToken)
    {
        using var exec = new PodExec(_api, options);
        return await exec.RunAsync(ApiKind.Pod.PathOf(workloads, pod), command, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<Stream> OpenPortAsync(string workloads, string pod, int port, CancellationToken cancellationToken)
    {
        var path = WithQuery(ApiKind.Pod.PathOf(workloads, pod) + "/portforward", ("ports", port.ToString(CultureInfo.InvariantCulture)));
        return new PodPortStream(await ChannelSocket.OpenAsync(_api, path, cancellationToken).ConfigureAwait(false), port);
    }

    public override async Task<DriverPage<WorkloadEvent>> ListEventsAsync(string workloads, string? objectName, string? pageToken, CancellationToken cancellationToken)
    {
        var list = await _api.GetAsync(PageOf(ApiKind.Event.PathOf(workloads), pageToken, ("fieldSelector", objectName is null ? null : $"involvedObject.name={objectName}")), cancellationToken).ConfigureAwait(false);
        return new DriverPage<WorkloadEvent>([.. list.Items("items").Select(ReadEvent)], NextOf(list));
    }

    public override async Task<DriverPage<NamespaceInfo>> ListNamespacesAsync(string? pageToken, CancellationToken cancellationToken)
    {
        var list = await _api.GetAsync(PageOf(ApiKind.Namespace.PathOf(null), pageToken), cancellationToken).ConfigureAwait(false);
        return new DriverPage<NamespaceInfo>([.. list.Items("items").Select(ReadNamespace)], NextOf(list));
    }

    public override async Task<NamespaceInfo?> TryGetNamespaceAsync(string name, CancellationToken cancellationToken) =>
        await _api.TryGetAsync(ApiKind.Namespace.PathOf(null, name), cancellationToken).ConfigureAwait(false) is { } item ? ReadNamespace(item) : null;

    public override async Task<bool> CreateNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        var item = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [WorkloadLabels.ManagedBy] = WorkloadLabels.Manager } } };
        try
        {
            await _api.SendAsync(HttpMethod.Post, ApiKind.Namespace.PathOf(null), item.ToJsonString(), null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            return false;
        }
    }

    public override async Task<bool> IsNamespaceReadyAsync(string name, CancellationToken cancellationToken) =>
        await _api.TryGetAsync(ApiKind.ServiceAccount.PathOf(name, "default"), cancellationToken).ConfigureAwait(false) is not null;

    public override Task<bool> DeleteNamespaceAsync(string name, CancellationToken cancellationToken) =>
        DeleteAsync(new ManifestObject("v1", "Namespace", null, name, ApiKind.Namespace.PathOf(null, name), ""), cancellationToken);

    public override ManifestObject RenderQuota(string name, NamespaceQuota quota)
    {
        const string QuotaName = "skycompat";
        var hard = new JsonObject();
        Set("requests.cpu", quota.Cpu is { } cores ? Quantity.OfCores(cores) : null);
        Set("requests.memory", quota.MemoryBytes is { } bytes ? Quantity.OfBytes(bytes) : null);
        Set("pods", quota.Pods?.ToString(CultureInfo.InvariantCulture));
        var item = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = QuotaName, ["namespace"] = name },
            ["spec"] = new JsonObject { ["hard"] = hard },
        };
        return new ManifestObject("v1", "ResourceQuota", name, QuotaName, ApiKind.Quota.PathOf(name, QuotaName), item.ToJsonString());

        void Set(string what, string? amount)
        {
            if (amount is not null)
            {
                hard[what] = amount;
            }
        }
    }

    public override object? GetService(Type serviceType) => serviceType == typeof(IKubernetes) ? _native?.Value : null;

    public override ValueTask DisposeAsync()
    {
        if (_native is { IsValueCreated: true })
        {
            _native.Value.Dispose();
        }

        _api.Dispose();
        return base.DisposeAsync();
    }

    private static string KindOf(WorkloadKind kind) => kind == WorkloadKind.ParallelJob ? "Job" : kind.ToString();

    private static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(path);
        var sign = '?';
        foreach (var (name, value) in query)
        {
            if (value is { Length: > 0 })
            {
                text.Append(sign).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                sign = '&';
            }
        }

        return text.ToString();
    }

    private static string PageOf(string path, string? pageToken, (string Name, string? Value) selector = default) =>
        WithQuery(path, ("limit", PageSize.ToString(CultureInfo.InvariantCulture)), ("continue", pageToken), selector);

    private static string? NextOf(JsonObject list) => list.Text("metadata", "continue") is { Length: > 0 } token ? token : null;

    private static NamespaceInfo ReadNamespace(JsonObject item) =>
        new(item.Text("metadata", "name") ?? "", item.Text("status", "phase") == "Terminating") { CreatedAt = item.Time("metadata", "creationTimestamp") };

    private static WorkloadEvent ReadEvent(JsonObject item) => new(item.Text("reason") ?? "", item.Text("message") ?? "")
    {
        IsWarning = item.Text("type") == "Warning",
        ObjectKind = item.Text("involvedObject", "kind"),
        ObjectName = item.Text("involvedObject", "name"),
        Count = item.Number("count") ?? item.Number("series", "count") ?? 1,
        At = item.Time("lastTimestamp") ?? item.Time("series", "lastObservedTime") ?? item.Time("eventTime"),
    };
}
