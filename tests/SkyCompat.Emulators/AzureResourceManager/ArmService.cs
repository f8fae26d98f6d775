using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Takes requests: checks who asks and for which version, finds the resource, and writes what went wrong as Azure does.</summary>
internal sealed class ArmService
{
    // The versions of the descriptions, and those of the official clients of 2026.
    private static readonly string[] Versions =
        ["2024-03-01", "2023-10-02", "2021-07-01", "2024-01-01", "2022-12-01", "2021-04-01", "2026-03-01", "2025-05-01", "2025-04-01", "2025-01-02", "2024-11-01", "2025-11-01"];

    private readonly ArmEmulatorOptions _options;
    private readonly ArmNetworks _networks;
    private readonly ArmDisks _disks;
    private readonly ArmCommon _common;

    public ArmService(ArmEmulatorOptions options)
    {
        _options = options;
        Store = new ArmStore(options);
        Catalog = new ArmCatalog();
        Quotas = new ArmQuotas(Store, Catalog);
        _common = new ArmCommon(Store, options);
        _networks = new ArmNetworks(Store, options);
        _disks = new ArmDisks(Store, options);
        Machines = new ArmMachines(Store, options, Catalog, Quotas, _networks);
    }

    public ArmFaults Faults { get; } = new();

    public ArmStore Store { get; }

    public ArmCatalog Catalog { get; }

    public ArmQuotas Quotas { get; }

    public ArmMachines Machines { get; }

    public async Task ServeAsync(HttpContext http)
    {
        var call = await ArmCall.ReadAsync(http);
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-ms-request-id"] = requestId;
        http.Response.Headers["x-ms-correlation-request-id"] = requestId;
        call.Fault = Faults.Take(call.Method, call.Target, call.BodyText);
        switch (call.Fault?.Kind)
        {
            case ArmFaultKind.DropRequest:
                http.Abort();
                return;
            case ArmFaultKind.ProxyPage:
                http.Response.Headers.Clear();
                http.Response.StatusCode = call.Fault.Status;
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html><body>Not Azure</body></html>");
                return;
        }

        ArmAnswer answer;
        try
        {
            Refuse(call);
            lock (Store.Gate)
            {
                call.Fault?.Before?.Invoke();
                answer = Serve(call);
            }
        }
        catch (ArmErrorException error)
        {
            answer = new ArmAnswer(error.Status, error.ToJson());
        }

        if (call.Fault?.Kind == ArmFaultKind.DropReply)
        {
            http.Abort();
            return;
        }

        await WriteAsync(call, answer);
    }

    private static void Refuse(ArmCall call)
    {
        if (call.Fault is { Kind: ArmFaultKind.Refuse } fault)
        {
            if (fault.RetryAfter is { } after)
            {
                call.Http.Response.Headers.RetryAfter = after;
            }

            throw new ArmErrorException(fault.Status, fault.Code, fault.Message);
        }
    }

    private static async Task WriteAsync(ArmCall call, ArmAnswer answer)
    {
        var response = call.Http.Response;
        response.StatusCode = answer.Status;
        if (answer.Operation is { } operation)
        {
            var address = $"{call.Origin}/subscriptions/{call.Parts[1]}/providers/Microsoft.Compute/locations/westeurope/operations/{operation.Id}?p=11111111-2222-3333-4444-555555555555&api-version=2024-03-01";
            if (answer.HasAsyncOperation)
            {
                response.Headers["Azure-AsyncOperation"] = address;
            }

            if (answer.HasLocation)
            {
                response.Headers.Location = address + "&monitor=true";
            }

            response.Headers.RetryAfter = "0";
        }

        var text = call.Fault is { Kind: ArmFaultKind.Refuse, Body: { } whole } ? whole : answer.Text ?? answer.Body?.ToJsonString();
        if (text is not null)
        {
            response.ContentType = answer.Text is null ? "application/json; charset=utf-8" : "text/plain";
            await response.WriteAsync(text);
        }
    }

    private ArmAnswer Serve(ArmCall call)
    {
        if (call.Path.StartsWith("/api/retail/prices", StringComparison.Ordinal))
        {
            var prices = Catalog.ListPrices(call.Query.GetValueOrDefault("$filter", ""));
            return new ArmAnswer(200, new JsonObject { ["BillingCurrency"] = "USD", ["CustomerEntityId"] = "Default", ["CustomerEntityType"] = "Retail", ["Items"] = prices, ["NextPageLink"] = null, ["Count"] = prices.Count });
        }

        if (call.Path.StartsWith("/bootdiagnostics/", StringComparison.Ordinal))
        {
            return Machines.ReadConsole(call);
        }

        Authenticate(call);
        if (!call.Query.TryGetValue("api-version", out var version))
        {
            throw new ArmErrorException(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
        }

        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            throw new ArmErrorException(400, "InvalidApiVersionParameter", $"The api-version '{version}' is invalid.");
        }

        if (call.Parts.Length < 2 || !call.Parts[1].Equals(_options.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArmErrorException(404, "SubscriptionNotFound", $"The subscription '{call.Parts.ElementAtOrDefault(1)}' could not be found.");
        }

        return call.Group is null ? ServeSubscription(call) : ServeGroup(call);
    }

    private void Authenticate(ArmCall call)
    {
        var header = call.Header("Authorization");
        if (header?.StartsWith("Bearer ", StringComparison.Ordinal) != true)
        {
            throw new ArmErrorException(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }

        if (_options.Token is { } token && header["Bearer ".Length..] != token)
        {
            throw header.Contains("expired", StringComparison.Ordinal)
                ? new ArmErrorException(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.")
                : new ArmErrorException(401, "InvalidAuthenticationToken", "The access token is invalid.");
        }
    }

    private ArmAnswer ServeSubscription(ArmCall call) => (call.Method, string.Join('/', call.Parts.Skip(2)).ToLowerInvariant()) switch
    {
        ("GET", "resourcegroups") => _common.List(call, Store.Matching("/resourceGroups/").Where(resource => !resource.Id.Contains("/providers/", StringComparison.OrdinalIgnoreCase))),
        ("GET", "providers/microsoft.compute/skus") => new ArmAnswer(200, new JsonObject { ["value"] = SkusIn(call) }),
        ("GET", "providers/microsoft.compute/virtualmachines") => Machines.ListAll(call, _common),
        ("GET", var path) when path.EndsWith("/usages", StringComparison.Ordinal) => new ArmAnswer(200, new JsonObject { ["value"] = Quotas.List(CheckLocation(call.Parts[5])) }),
        ("GET", var path) when path.Contains("/operations/", StringComparison.Ordinal) => Look(call),
        ("GET", var path) when path.Contains("/artifacttypes/vmimage/", StringComparison.Ordinal) => new ArmImages(Catalog).Serve(call),
        _ => throw new ArmErrorException(404, "InvalidResourceType", $"The resource type could not be found for '{call.Path}'."),
    };

    private ArmAnswer ServeGroup(ArmCall call)
    {
        if (call.Parts.Length == 4)
        {
            return _common.ServeGroup(call);
        }

        var group = $"/subscriptions/{call.Parts[1]}/resourceGroups/{call.Group}";
        if (Store.Find(group) is null)
        {
            throw new ArmErrorException(404, "ResourceGroupNotFound", $"Resource group '{call.Group}' could not be found.");
        }

        if (call.Method == "PUT" && call.Body.Text("location") is { } location && call.Parts.Length == 8)
        {
            CheckLocation(location);
        }

        return call.Parts.ElementAtOrDefault(6)?.ToLowerInvariant() switch
        {
            "virtualmachines" when call.Parts.Length > 7 => Machines.Serve(call),
            "virtualnetworks" or "networksecuritygroups" or "networkinterfaces" or "publicipaddresses" when call.Parts.Length > 7 => _networks.Serve(call),
            "disks" or "snapshots" when call.Parts.Length > 7 => _disks.Serve(call),
            "sshpublickeys" when call.Parts.Length > 7 => _common.ServeKey(call),
            { } when call.Parts.Length == 7 && call.Method == "GET" => _common.List(call, Store.Below(call.Path + "/")),
            _ => throw new ArmErrorException(404, "InvalidResourceType", $"The resource type could not be found for '{call.Path}'."),
        };
    }

    /// <summary>What is sold in the region that the filter names; nothing in one that there is not.</summary>
    private JsonArray SkusIn(ArmCall call)
    {
        var location = call.Query.TryGetValue("$filter", out var filter) && filter.Split('\'') is { Length: > 1 } parts ? parts[1] : _options.Regions[0];
        return _options.Regions.Contains(location, StringComparer.Ordinal) ? Catalog.ListSkus(location) : [];
    }

    private string CheckLocation(string location) => _options.Regions.Contains(location, StringComparer.Ordinal)
        ? location
        : throw new ArmErrorException(400, "LocationNotAvailableForResourceType", $"The provided location '{location}' is not available for resource type. List of available regions for the resource type is '{string.Join(',', _options.Regions)}'.");

    private ArmAnswer Look(ArmCall call)
    {
        var operation = Store.Operation(call.Parts[^1]) ?? throw new ArmErrorException(404, "NotFound", "The operation could not be found.");
        operation.Look();
        return call.Query.ContainsKey("monitor") ? new ArmAnswer(operation.IsDone ? 200 : 202, operation.IsDone ? operation.Result?.DeepClone() : null) { Operation = operation.IsDone ? null : operation, HasLocation = true, HasAsyncOperation = false } : new ArmAnswer(200, operation.ToJson());
    }
}
