using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>What every request goes through: route, fault, authorization, call, error.</summary>
internal sealed class GcsPipeline
{
    private readonly GcsEmulatorOptions _options;
    private readonly GcsFaults _faults;
    private readonly Authorizer _authorizer;
    private readonly GcsRouter _router;

    public GcsPipeline(GcsEmulator emulator, GcsEmulatorOptions options, GcsStore store, AccessTokens tokens, ServiceAccounts accounts)
    {
        _options = options;
        _faults = emulator.Faults;
        _authorizer = new Authorizer(options, tokens, accounts);
        var resumable = new ResumableCalls(store);
        _router = new GcsRouter(
            new BucketCalls(store),
            new ObjectCalls(store),
            new UploadCalls(store),
            resumable,
            new CopyCalls(store, options),
            new BatchCalls(ServeAsync),
            new XmlRouter(new XmlObjectCalls(store, resumable), new XmlMultipartCalls(store), resumable),
            new TokenCalls(tokens, accounts, options.Clock),
            new ControlCalls(emulator));
    }

    public async Task ServeAsync(HttpContext context)
    {
        if (_options.Clock != TimeProvider.System)
        {
            context.Response.Headers.Date = _options.Clock.GetUtcNow().ToString("R");
        }

        GcsRequest? request = null;
        try
        {
            request = new GcsRequest(context);
            await ServeAsync(request);
        }
        catch (GcsError error) when (!context.Response.HasStarted && request is not null)
        {
            await AnswerAsync(request, error);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionAbortedException or BadHttpRequestException or ConnectionResetException)
        {
            // The client has gone.
            context.Abort();
        }
    }

    private async Task ServeAsync(GcsRequest request)
    {
        var route = _router.Find(request);
        (request.Operation, request.IsXml) = (route.Operation, route.IsXml);
        var fault = request.Fault = route.Operation == "emulator" ? null : _faults.Take(route.Operation, $"{request.RawPath}?{request.RawQuery}");
        if (fault is null or { Status: null, Drop: false })
        {
            await CallAsync(route, request);
            return;
        }

        if (fault.CarryOut)
        {
            await CarryOutUnseenAsync(route, request);
        }

        if (fault.Drop)
        {
            request.Context.Abort();
            return;
        }

        await (fault.AsHtml ? AnswerHtmlAsync(request, fault.Status!.Value) : AnswerAsync(request, Error(fault)));
    }

    private Task CallAsync(GcsRoute route, GcsRequest request)
    {
        if (!route.IsOpen)
        {
            _authorizer.Authorize(request);
        }

        return route.Serve(request);
    }

    private async Task CarryOutUnseenAsync(GcsRoute route, GcsRequest request)
    {
        var context = request.Context;
        var body = context.Features.Get<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await CallAsync(route, request);
        }
        catch (GcsError)
        {
            // Its answer would have been lost as well.
        }

        context.Features.Set(body);
        context.Response.Clear();
    }

    /// <summary>A client that is still sending sees no answer before it is done, so the body is read first, unless it waits to be asked for it.</summary>
    private static async Task AnswerAsync(GcsRequest request, GcsError error)
    {
        if (request.Header("Expect") is null)
        {
            await BodyReader.DrainAsync(request);
        }

        await Reply.ErrorAsync(request, error);
    }

    private static async Task AnswerHtmlAsync(GcsRequest request, int status)
    {
        await BodyReader.DrainAsync(request);
        request.Context.Response.StatusCode = status;
        request.Context.Response.ContentType = "text/html; charset=UTF-8";
        await request.Context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($"<!DOCTYPE html>\n<html lang=en>\n<title>Error {status}</title>\n<p><b>{status}.</b> <ins>That is an error.</ins>\n"));
    }

    private static GcsError Error(GcsFault fault)
    {
        var (reason, code, message) = fault.Status switch
        {
            401 => ("authError", "AuthenticationRequired", "Invalid Credentials"),
            403 => ("forbidden", "AccessDenied", "Access denied."),
            404 => ("notFound", "NoSuchKey", "Not Found"),
            408 => ("requestTimeout", "RequestTimeout", "The upload could not be completed within the allowed time."),
            412 => ("conditionNotMet", "PreconditionFailed", "At least one of the pre-conditions you specified did not hold."),
            429 => ("rateLimitExceeded", "SlowDown", "The object exceeded the rate limit for object mutation operations (create, update, and delete). Please reduce your request rate."),
            500 => ("internalError", "InternalError", "We encountered an internal error. Please try again."),
            502 or 504 => ("backendError", "InternalError", "Backend Error"),
            503 => ("backendError", "ServiceUnavailable", "Backend Error"),
            _ => ("invalid", "InvalidArgument", "Invalid argument."),
        };
        return new GcsError(fault.Status!.Value, fault.Reason ?? reason, message, fault.Reason ?? code)
        {
            Headers = fault.RetryAfterSeconds is { } seconds ? [new("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))] : [],
        };
    }
}
