using System.Buffers;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Moves request bodies into the store as they arrive.</summary>
internal static class BodyReader
{
    /// <summary>Everything that is left of the body.</summary>
    public static async Task<Content> ReadAsync(GcsRequest request, StoreBudget budget)
    {
        using var writer = new ContentWriter(budget);
        var reader = request.Context.Request.BodyReader;
        var expected = request.Context.Request.ContentLength;
        while (true)
        {
            var read = await reader.ReadAsync(request.Aborted);
            try
            {
                writer.Append(read.Buffer, expected - writer.Length);
            }
            finally
            {
                // Also when the store is full, or nobody could read what is left of the body.
                reader.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                return writer.Finish();
            }
        }
    }

    /// <summary>Reads what is left of the body and forgets it, so that the connection can be used again.</summary>
    public static async Task DrainAsync(GcsRequest request)
    {
        var reader = request.Context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.Aborted);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
