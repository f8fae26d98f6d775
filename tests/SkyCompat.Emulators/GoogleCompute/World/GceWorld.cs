using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>All resources of the project, by collection and name, and the operations on them. Used under its lock only.</summary>
internal sealed class GceWorld
{
    public const string LinkRoot = "https://www.googleapis.com/compute/v1/";

    private readonly Lock _lock = new();
    private readonly GceEmulatorOptions _options;
    private readonly Dictionary<string, OrderedDictionary<string, JsonObject>> _collections = new(StringComparer.Ordinal);
    private readonly List<GceRun> _runs = [];
    private readonly Dictionary<string, JsonObject> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Zone, string? Type), int> _stock = [];
    private readonly Dictionary<(string? Region, string Metric), double> _quotas = [];
    private readonly Dictionary<string, StringBuilder> _consoles = new(StringComparer.Ordinal);
    private ulong _next = 1_000_000_000_000_000_000;

    public GceWorld(GceEmulatorOptions options, GceFaults faults)
    {
        _options = options;
        Faults = faults;
        var network = Resource("compute#network", "global/networks", "default");
        network["autoCreateSubnetworks"] = true;
        network["routingConfig"] = new JsonObject { ["routingMode"] = "REGIONAL" };
        network["subnetworks"] = new JsonArray([.. GceCatalog.Regions.Select(region => (JsonNode)Link($"regions/{region.Name}/subnetworks/default"))]);
        Add("global/networks", network);
        foreach (var (region, index) in GceCatalog.Regions.Select((region, index) => (region, index)))
        {
            var subnet = Resource("compute#subnetwork", $"regions/{region.Name}/subnetworks", "default");
            subnet["network"] = Link("global/networks/default");
            subnet["region"] = Link($"regions/{region.Name}");
            subnet["ipCidrRange"] = $"10.{128 + index}.0.0/20";
            Add($"regions/{region.Name}/subnetworks", subnet);
        }

        // Every project starts with these.
        foreach (var (name, port) in new[] { ("default-allow-ssh", "22"), ("default-allow-rdp", "3389") })
        {
            var rule = Resource("compute#firewall", "global/firewalls", name);
            rule["network"] = Link("global/networks/default");
            rule["direction"] = "INGRESS";
            rule["priority"] = 65534;
            rule["sourceRanges"] = new JsonArray("0.0.0.0/0");
            rule["allowed"] = new JsonArray(new JsonObject { ["IPProtocol"] = "tcp", ["ports"] = new JsonArray(port) });
            Add("global/firewalls", rule);
        }
    }

    public GceFaults Faults { get; }

    public string Project => _options.ProjectId;

    /// <summary>The failure that the next operation is to end in.</summary>
    public (string Code, string Message, int Status)? NextFailure { get; set; }

    /// <summary>The time as Google writes it.</summary>
    public string Now => _options.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public T Locked<T>(Func<T> run)
    {
        lock (_lock)
        {
            return run();
        }
    }

    public void Locked(Action run)
    {
        lock (_lock)
        {
            run();
        }
    }

    /// <summary>The address of something in the project.</summary>
    public string Link(string path) => $"{LinkRoot}projects/{Project}/{path}";

    /// <summary>The part of an address, whole or partial, after the project.</summary>
    public string Below(string address)
    {
        var start = address.IndexOf($"projects/{Project}/", StringComparison.Ordinal);
        return start < 0 ? address.TrimStart('/') : address[(start + $"projects/{Project}/".Length)..];
    }

    public string NewId() => (_next += 7919).ToString(CultureInfo.InvariantCulture);

    public static string Fingerprint(JsonNode? node) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "")).AsSpan(0, 8)).Replace('+', '-').Replace('/', '_');

    /// <summary>A new resource with what all have.</summary>
    public JsonObject Resource(string kind, string collection, string name, JsonObject? sent = null)
    {
        var resource = sent?.DeepClone() as JsonObject ?? [];
        resource["kind"] = kind;
        resource["id"] = NewId();
        resource["name"] = name;
        resource["creationTimestamp"] = Now;
        resource["selfLink"] = Link($"{collection}/{name}");
        return resource;
    }

    public void Add(string collection, JsonObject resource)
    {
        if (!_collections.TryGetValue(collection, out var known))
        {
            _collections[collection] = known = [];
        }

        known[(string)resource["name"]!] = resource;
    }

    public IReadOnlyList<JsonObject> All(string collection) => _collections.TryGetValue(collection, out var known) ? [.. known.Values] : [];

    /// <summary>The collections of one kind in all places, such as all <c>instances</c>.</summary>
    public IEnumerable<JsonObject> Everywhere(string kind) => _collections.Where(pair => pair.Key.EndsWith("/" + kind, StringComparison.Ordinal)).SelectMany(pair => pair.Value.Values);

    public IReadOnlyList<string> Names(string collection) => _collections.TryGetValue(collection, out var known) ? [.. known.Keys] : [];

    public JsonObject? Find(string collection, string name)
    {
        if (!_collections.TryGetValue(collection, out var known))
        {
            return null;
        }

        // Instances and others can be named by their number too.
        return known.TryGetValue(name, out var resource) ? resource : char.IsAsciiDigit(name[0]) ? known.Values.FirstOrDefault(other => (string?)other["id"] == name) : null;
    }

    public JsonObject Get(string collection, string name) => Find(collection, name) ?? throw GceError.NotFound($"projects/{Project}/{collection}/{name}");

    public void Remove(string collection, string name) => _collections.GetValueOrDefault(collection)?.Remove(name);

    public void RemoveNetwork(string name)
    {
        Remove("global/networks", name);
        foreach (var (collection, known) in _collections)
        {
            foreach (var resource in known.Values.Where(resource => ((string?)resource["network"])?.EndsWith("/networks/" + name, StringComparison.Ordinal) == true).ToList())
            {
                Remove(collection, (string)resource["name"]!);
            }
        }
    }

    /// <summary>Carries a request out, or gives the operation that it had made before.</summary>
    public JsonObject Once(GceCall call, Func<JsonObject> run)
    {
        var id = call.RequestId();
        if (id is not null && _requests.TryGetValue(id, out var known))
        {
            return Copy(known);
        }

        var operation = run();
        if (id is not null)
        {
            _requests[id] = operation;
        }

        return Copy(operation);
    }

    /// <summary>Starts an operation. Each look at it, or at what it changes, carries it on.</summary>
    public JsonObject Begin(string place, string type, string collection, JsonObject target, Func<GceFailure?>? running = null, Func<GceFailure?>? finish = null, Action? undo = null)
    {
        var name = $"operation-{_options.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}-{NewId()[^8..]}";
        var operation = Resource("compute#operation", $"{place}/operations", name);
        operation["operationType"] = type;
        operation["status"] = "PENDING";
        operation["progress"] = 0;
        operation["user"] = type.StartsWith("compute.", StringComparison.Ordinal) ? "system" : "tests@emulator.iam.gserviceaccount.com";
        operation["targetLink"] = (string?)target["selfLink"];
        operation["targetId"] = (string?)target["id"];
        operation["insertTime"] = Now;
        if (place != "global")
        {
            operation[place.StartsWith("zones/", StringComparison.Ordinal) ? "zone" : "region"] = Link(place);
        }

        Add($"{place}/operations", operation);
        _runs.Add(new GceRun
        {
            Operation = operation,
            Collection = collection,
            Name = (string)target["name"]!,
            Running = running,
            Finish = finish,
            Undo = undo,
            Ordered = NextFailure is var (code, message, status) ? new GceFailure(code, message, status) : null,
        });
        NextFailure = null;
        return operation;
    }

    /// <summary>Whether something is in the midst of a change.</summary>
    public bool IsBusy(string collection, string name) => _runs.Exists(run => run.Collection == collection && run.Name == name && !run.IsDone);

    /// <summary>Carries on what goes on in a collection, or with one resource of it.</summary>
    public void Look(string collection, string? name = null)
    {
        foreach (var run in _runs.Where(run => !run.IsDone && run.Collection == collection && (name is null || run.Name == name)).ToList())
        {
            Step(run);
        }
    }

    /// <summary>Carries an operation on by a step, or to its end.</summary>
    public void Carry(JsonObject operation, bool toEnd)
    {
        if (_runs.Find(run => ReferenceEquals(run.Operation, operation)) is { } run)
        {
            do
            {
                Step(run);
            }
            while (toEnd && !run.IsDone);
        }
    }

    public void SetStock(string zone, string? type, int count) => Locked(() => _stock[(zone, type)] = count);

    public void SetQuota(string? region, string metric, double limit) => Locked(() => _quotas[(region, metric)] = limit);

    /// <summary>Takes one instance from the stock.</summary>
    public bool TryTake(string zone, string type)
    {
        foreach (var key in new[] { (zone, (string?)type), (zone, null) })
        {
            if (_stock.TryGetValue(key, out var left))
            {
                if (left <= 0)
                {
                    return false;
                }

                _stock[key] = left - 1;
            }
        }

        return true;
    }

    public double LimitOf(string? region, string metric) => _quotas.TryGetValue((region, metric), out var limit) ? limit : GceCatalog.DefaultLimit(metric);

    public void WriteConsole(string zone, string name, string text)
    {
        if (!_consoles.TryGetValue($"{zone}/{name}", out var console))
        {
            _consoles[$"{zone}/{name}"] = console = new StringBuilder();
        }

        console.Append(text);
    }

    public string ReadConsole(string zone, string name) => _consoles.GetValueOrDefault($"{zone}/{name}")?.ToString() ?? "";

    public static JsonObject Copy(JsonObject node) => (JsonObject)node.DeepClone();

    private void Step(GceRun run)
    {
        if (run.IsDone)
        {
            return;
        }

        GceFailure? failure = null;
        if (run.Looks++ == 0)
        {
            run.Operation["status"] = "RUNNING";
            run.Operation["startTime"] = Now;
            failure = run.Running?.Invoke();
        }

        if (failure is null && run.Looks < _options.StepsPerOperation)
        {
            return;
        }

        failure ??= run.Ordered ?? run.Finish?.Invoke();
        run.Operation["status"] = "DONE";
        run.Operation["progress"] = 100;
        run.Operation["endTime"] = Now;
        if (failure is not null)
        {
            run.Undo?.Invoke();
            Fail(run.Operation, failure);
        }
    }

    private static void Fail(JsonObject operation, GceFailure failure)
    {
        var problem = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        if (failure.Quota is var (metric, limit, region))
        {
            problem["errorDetails"] = new JsonArray(new JsonObject
            {
                ["quotaInfo"] = new JsonObject
                {
                    ["metricName"] = $"compute.googleapis.com/{metric.ToLowerInvariant()}",
                    ["limitName"] = metric.Replace('_', '-') + "-per-project-region",
                    ["limit"] = limit,
                    ["dimensions"] = new JsonObject { ["region"] = region },
                },
            });
        }

        operation["error"] = new JsonObject { ["errors"] = new JsonArray(problem) };
        if (failure.Status == 0)
        {
            return;
        }

        operation["httpErrorStatusCode"] = failure.Status;
        operation["httpErrorMessage"] = failure.Status switch
        {
            400 => "BAD REQUEST",
            403 => "FORBIDDEN",
            404 => "NOT FOUND",
            409 => "CONFLICT",
            429 => "TOO MANY REQUESTS",
            503 => "SERVICE UNAVAILABLE",
            _ => "INTERNAL ERROR",
        };
    }
}
