using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Takes requests in: credentials, faults, the call, the answer.</summary>
internal sealed class GceService(GceEmulatorOptions options, GceWorld world, GceFaults faults)
{
    private const string Prefix = "/compute/v1/projects/";
    private readonly GceRouter _router = new(world);

    public async Task ServeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        faults.Note($"{context.Request.Method} {target}");
        try
        {
            await AnswerAsync(context, 200, await ServeAsync(context, target));
        }
        catch (GceError error)
        {
            await AnswerAsync(context, error.Status, error.Body);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Broken on purpose, or by the client.
        }
    }

    private async Task<JsonObject?> ServeAsync(HttpContext context, string target)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new GceError(404, "notFound", "Not Found");
        }

        Authorize(context);
        var segments = path[Prefix.Length..].Split('/');
        var body = await ReadAsync(context);
        var call = new GceCall(context, segments[1..], body);
        var route = _router.Find(call.Method, segments[0], call.Path);
        if (faults.Take(route.Name, target) is { } fault)
        {
            return await FailAsync(context, route, call, fault);
        }

        return world.Locked(() => route.Run(call));
    }

    private async Task<JsonObject?> FailAsync(HttpContext context, GceRoute route, GceCall call, GceFault fault)
    {
        if (fault.OperationCode is { } code)
        {
            return world.Locked(() =>
            {
                world.NextFailure = (code, fault.Message, fault.OperationStatus);
                try
                {
                    return route.Run(call);
                }
                finally
                {
                    world.NextFailure = null;
                }
            });
        }

        if (fault.CarryOut)
        {
            world.Locked(() => route.Run(call));
        }

        if (fault.Drop)
        {
            context.Abort();
            return null;
        }

        if (fault.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (fault.AsHtml)
        {
            context.Response.StatusCode = fault.Status ?? 502;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><body><h1>Bad Gateway</h1></body></html>", context.RequestAborted);
            return null;
        }

        throw new GceError(fault.Status ?? 503, fault.Reason, fault.Message);
    }

    private void Authorize(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var isKnown = header.StartsWith("Bearer ", StringComparison.Ordinal) && options.AccessTokens.Contains(header["Bearer ".Length..], StringComparer.Ordinal);
        if (!isKnown && !(options.AllowAnonymous && header.Length == 0))
        {
            throw GceError.Unauthorized();
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        return copy.ToArray();
    }

    private static async Task AnswerAsync(HttpContext context, int status, JsonObject? body)
    {
        if (body is null)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
