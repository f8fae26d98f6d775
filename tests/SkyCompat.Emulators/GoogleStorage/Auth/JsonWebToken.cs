using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A JSON web token that a service account signed (RS256).</summary>
internal sealed class JsonWebToken
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxLife = TimeSpan.FromHours(1);

    private JsonWebToken(JsonObject claims) => Claims = claims;

    public JsonObject Claims { get; }

    public string Issuer => Claims.Text("iss") ?? "";

    /// <summary>Null if it is none, its issuer did not sign it, or its time is not now.</summary>
    public static JsonWebToken? Verify(string text, ServiceAccounts accounts, DateTimeOffset now, out string fault)
    {
        fault = "Invalid JWT Signature.";
        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var header = (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
            var token = new JsonWebToken((JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!);
            if (header.Text("alg") != "RS256" || !accounts.Verify(token.Issuer, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])))
            {
                return null;
            }

            var (issued, expires) = (Time("iat"), Time("exp"));
            fault = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.";
            return issued - Leeway <= now && now < expires + Leeway && expires - issued <= MaxLife + Leeway ? token : null;

            DateTimeOffset Time(string claim) => DateTimeOffset.FromUnixTimeSeconds(token.Claims[claim]!.GetValue<long>());
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidCastException or InvalidOperationException or NullReferenceException)
        {
            fault = "Invalid JWT.";
            return null;
        }
    }
}
