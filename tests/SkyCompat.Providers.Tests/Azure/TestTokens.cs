using System.Text;
using System.Text.Json;
using Azure.Core;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>An identity that needs no sign-in: tokens that are not signed, which Azurite takes, or what a test wants instead.</summary>
internal sealed class TestTokens(Func<int, AccessToken>? next = null) : TokenCredential
{
    public int Calls { get; private set; }

    public static string Unsigned { get; } = Create();

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Calls++;
        return next?.Invoke(Calls) ?? new AccessToken(Unsigned, TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    private static string Create()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["aud"] = "https://storage.azure.com",
            ["iss"] = "https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/",
            ["iat"] = now - 60,
            ["nbf"] = now - 60,
            ["exp"] = now + 3600,
            ["tid"] = "ab1f708d-50f6-404c-a006-d71b2ac7a606",
            ["oid"] = "23657296-5cd5-45b0-a809-d972a7f4dfe1",
            ["scp"] = "user_impersonation",
        };
        return $"{Encode(JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = "RS256" }))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}.{Encode(Encoding.ASCII.GetBytes("none"))}";
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
