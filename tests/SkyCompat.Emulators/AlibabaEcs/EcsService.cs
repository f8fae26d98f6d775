using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Answers the calls of one interface.</summary>
internal sealed class EcsService(string version, IReadOnlyDictionary<string, Func<EcsCall, JsonObject>> operations, EcsState state, EcsEmulatorOptions options, EcsFaults faults)
{
    public async Task ServeAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString("D").ToUpperInvariant();
        EcsFault? fault = null;
        int status;
        JsonObject reply;
        try
        {
            var call = await ReadAsync(context);
            fault = faults.Take(call.Action);
            if (fault?.Kind is EcsFaultKind.DropRequest)
            {
                context.Abort();
                return;
            }

            if (fault?.Kind is EcsFaultKind.Refuse)
            {
                throw new EcsErrorException(fault.Status, fault.Code, fault.Message);
            }

            (status, reply) = (200, Execute(call));
        }
        catch (EcsErrorException error)
        {
            (status, reply) = (error.Status, new JsonObject
            {
                ["Code"] = error.Code,
                ["Message"] = error.Message,
                ["HostId"] = context.Request.Host.Value,
                ["Recommend"] = "https://api.example.com/troubleshoot?q=" + error.Code,
            });
        }

        if (fault?.Kind is EcsFaultKind.DropReply)
        {
            context.Abort();
            return;
        }

        reply["RequestId"] = requestId;
        foreach (var (name, value) in fault?.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            context.Response.Headers[name] = value;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.Headers["x-acs-request-id"] = requestId;
        context.Response.Headers.Date = (options.Time.GetUtcNow() + faults.ClockOffset).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await context.Response.WriteAsync(reply.ToJsonString());
    }

    private async Task<EcsCall> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        var query = Pairs(request.QueryString.Value ?? "");
        var parameters = new Dictionary<string, string>(query, StringComparer.Ordinal);
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            foreach (var (name, value) in Pairs(Encoding.UTF8.GetString(body)))
            {
                parameters[name] = value;
            }
        }

        var now = options.Time.GetUtcNow() + faults.ClockOffset;
        var action = request.Headers["x-acs-action"].ToString();
        var account = EcsSignature.Verify(request, query, body, now);
        faults.Record(new EcsRequest(action, parameters));
        if (request.Headers["x-acs-version"] != version)
        {
            throw new EcsErrorException(400, "InvalidVersion", "Specified parameter Version is not valid.");
        }

        return ReferenceEquals(account, EcsAccount.Forbidden)
            ? throw new EcsErrorException(403, "Forbidden.RAM", "User not authorized to operate on the specified resource, or this API doesn't support RAM.")
            : new EcsCall(action, parameters, now);
    }

    private static Dictionary<string, string> Pairs(string text) =>
        QueryHelpers.ParseQuery(text).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    private JsonObject Execute(EcsCall call)
    {
        if (!operations.TryGetValue(call.Action, out var operation))
        {
            throw new EcsErrorException(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
        }

        if (call.Text("RegionId") is { } region && !EcsState.Zones.ContainsKey(region))
        {
            throw new EcsErrorException(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
        }

        lock (state.Lock)
        {
            return state.Once(call, () => operation(call));
        }
    }
}
