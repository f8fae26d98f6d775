using System.Globalization;
using System.Security.Cryptography;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Resumable uploads: a request that starts a session, and requests on its address, which needs no other authorization.</summary>
internal sealed class ResumableCalls(GcsStore store)
{
    private const int Granule = 256 << 10;

    /// <summary>uploadType=resumable without upload_id.</summary>
    public async Task StartAsync(GcsRequest request, string bucket)
    {
        var metadata = await request.ReadJsonAsync();
        var target = UploadTarget.From(request, bucket, metadata, request.Header("X-Upload-Content-Type"));
        Start(request, target);
    }

    /// <summary>Opens a session for <paramref name="target"/> and answers with its address, which is this request's with an id.</summary>
    public void Start(GcsRequest request, UploadTarget target)
    {
        store.Bucket(target.Bucket).Check(target.Name, target.Preconditions);
        long? declared = request.Header("X-Upload-Content-Length") is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
        var session = new ResumableSession(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), target, declared, store.Budget);
        store.Sessions[session.Id] = session;
        var response = request.Context.Response;
        response.Headers.Location = $"{request.Origin}{request.RawPath}?{(request.RawQuery.Length > 0 ? request.RawQuery + "&" : "")}upload_id={session.Id}";
        response.Headers["X-GUploader-UploadID"] = session.Id;
        response.StatusCode = request.IsXml ? 201 : 200;
        response.ContentLength = 0;
    }

    /// <summary>PUT on the session: a chunk, the whole, or the question how far it is.</summary>
    public async Task ContinueAsync(GcsRequest request, string id)
    {
        var session = Session(request, id);
        await session.Turn.WaitAsync(request.Aborted);
        try
        {
            await ContinueAsync(request, session);
        }
        finally
        {
            session.Turn.Release();
        }
    }

    public async Task CancelAsync(GcsRequest request, string id)
    {
        var session = Session(request, id);
        await session.Turn.WaitAsync(request.Aborted);
        try
        {
            if (session.Finished is null)
            {
                session.IsCancelled = true;
            }

            await Reply.EmptyAsync(request, 499);
        }
        finally
        {
            session.Turn.Release();
        }
    }

    private async Task ContinueAsync(GcsRequest request, ResumableSession session)
    {
        if (session.IsCancelled)
        {
            throw new GcsError(499, "cancelled", "The upload was cancelled.");
        }

        var range = ContentRange.Parse(request.Header("Content-Range"));
        if (session.Finished is { } finished)
        {
            await BodyReader.DrainAsync(request);
            await ReplyFinishedAsync(request, finished);
            return;
        }

        var persisted = session.Writer.Length;
        if (range is { First: null })
        {
            await BodyReader.DrainAsync(request);
            await (range.Total == persisted ? FinishAsync(request, session) : ReplyIncompleteAsync(request, session));
            return;
        }

        var first = range?.First ?? 0;
        if (first > persisted)
        {
            throw new GcsError(503, "backendError", $"Invalid request. According to the Content-Range header, the upload offset is {first} byte(s), which exceeds already uploaded size of {persisted} byte(s).") { PlainText = true };
        }

        // Without an end, the body goes on to the end of the whole.
        var (last, total) = (range?.Last, range?.Total);
        var isLast = last is null || last == total - 1;
        var received = await ReceiveAsync(request, session, skip: persisted - first, isLast, request.Fault?.Persist);
        if (last is not null && received != last - first + 1)
        {
            throw new GcsError(400, "badRequest", $"Invalid request. There were {received} byte(s) in the request body. There should have been {last - first + 1} byte(s) (starting at offset {first} and ending at offset {last}) according to the Content-Range header.") { PlainText = true };
        }

        if (!isLast && received < Granule)
        {
            throw new GcsError(400, "badRequest", $"Invalid request. The number of bytes uploaded is required to be equal or greater than {Granule}, except for the final request (it's recommended to be the exact multiple of {Granule}). The received request contained {received} bytes, which does not meet this requirement.") { PlainText = true };
        }

        var isWhole = total is null ? isLast && request.Fault?.Persist is null : session.Writer.Length == total;
        await (isWhole ? FinishAsync(request, session) : ReplyIncompleteAsync(request, session));
    }

    /// <summary>Keeps whole granules as they arrive, so that a broken connection loses little, and with the last request also what is left.</summary>
    /// <returns>How many bytes the request had.</returns>
    private static async Task<long> ReceiveAsync(GcsRequest request, ResumableSession session, long skip, bool isLast, long? mostToKeep)
    {
        var reader = request.Context.Request.BodyReader;
        var expected = request.Context.Request.ContentLength;
        long received = 0;
        var left = mostToKeep ?? long.MaxValue;
        while (true)
        {
            var read = await reader.ReadAsync(request.Aborted);
            var buffer = read.Buffer;
            var skipped = Math.Min(skip, buffer.Length);
            buffer = buffer.Slice(skipped);
            skip -= skipped;
            var usable = read.IsCompleted && isLast ? buffer.Length : buffer.Length / Granule * Granule;
            var kept = buffer.Slice(0, Math.Min(usable, left));
            var consumed = read.Buffer.Length;
            try
            {
                session.Writer.Append(kept, expected - received);
                left -= kept.Length;

                // Bytes beyond what is to be kept are dropped; those that do not fill a granule yet are looked at again.
                consumed = read.IsCompleted || left == 0 ? consumed : skipped + kept.Length;
                received += consumed;
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.GetPosition(consumed), read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                return received;
            }
        }
    }

    private async Task FinishAsync(GcsRequest request, ResumableSession session)
    {
        if (session.DeclaredLength is { } declared && declared != session.Writer.Length)
        {
            throw new GcsError(400, "badRequest", $"Upload size mismatch: {declared} byte(s) were declared and {session.Writer.Length} uploaded.") { PlainText = true };
        }

        var content = session.Writer.Finish();
        Hashes.FromHeaders(request).Check(content);
        session.Finished = session.Target.Commit(store, content);
        await ReplyFinishedAsync(request, session.Finished);
    }

    private static Task ReplyFinishedAsync(GcsRequest request, GcsObject finished)
    {
        request.Context.Response.Headers.ETag = finished.ETag;
        if (request.IsXml)
        {
            ObjectHeaders.Set(request, finished);
            return Reply.EmptyAsync(request, 200);
        }

        return Reply.JsonAsync(request, ObjectResource.ToJson(finished, request.Origin));
    }

    private static Task ReplyIncompleteAsync(GcsRequest request, ResumableSession session)
    {
        if (session.Writer.Length > 0)
        {
            request.Context.Response.Headers.Range = $"bytes=0-{session.Writer.Length - 1}";
        }

        request.Context.Response.Headers["X-GUploader-UploadID"] = session.Id;
        return Reply.EmptyAsync(request, 308);
    }

    private ResumableSession Session(GcsRequest request, string id)
    {
        if (request.Fault?.LosesSession == true)
        {
            store.Sessions.TryRemove(id, out _);
        }

        return store.Sessions.TryGetValue(id, out var session)
            ? session
            : throw new GcsError(request.Fault?.LosesSession == true ? 410 : 404, "notFound", request.Fault?.LosesSession == true ? "Gone" : "Not Found") { PlainText = true };
    }
}
