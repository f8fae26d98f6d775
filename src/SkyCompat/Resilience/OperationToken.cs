using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SkyCompat.Resilience;

/// <summary>Writes and reads the tokens of durable operations: their state as JSON, in letters that fit anywhere.</summary>
internal static class OperationToken
{
    public static string Write<TState>(TState state, JsonTypeInfo<TState> type) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(state, type));

    /// <summary>Reads a token; null, with the cause, if it is none.</summary>
    public static TState? TryRead<TState>(string token, JsonTypeInfo<TState> type, out Exception? cause)
        where TState : class
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        try
        {
            cause = null;
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token), type);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or DecoderFallbackException)
        {
            cause = exception;
            return null;
        }
    }
}
