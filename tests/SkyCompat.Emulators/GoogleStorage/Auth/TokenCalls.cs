using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The endpoints around the service that hand out tokens and signatures: OAuth, the IAM credentials API and the metadata server.</summary>
internal sealed class TokenCalls(AccessTokens tokens, ServiceAccounts accounts, TimeProvider clock)
{
    private const string JwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string DefaultAccount = "default@emulator.iam.gserviceaccount.com";

    /// <summary>POST /token: an access token for what a service account signed.</summary>
    public async Task ExchangeAsync(GcsRequest request)
    {
        var form = Encoding.UTF8.GetString(await request.ReadBytesAsync()).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .GroupBy(pair => GcsRequest.Decode(pair[0], plusIsBlank: true), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => GcsRequest.Decode(group.First().ElementAtOrDefault(1) ?? "", plusIsBlank: true), StringComparer.Ordinal);
        if (form.GetValueOrDefault("grant_type") != JwtGrant)
        {
            await RefuseAsync(request, "unsupported_grant_type", $"Invalid grant_type: {form.GetValueOrDefault("grant_type")}");
            return;
        }

        var assertion = JsonWebToken.Verify(form.GetValueOrDefault("assertion") ?? "", accounts, clock.GetUtcNow(), out var fault);
        if (assertion is null)
        {
            await RefuseAsync(request, "invalid_grant", fault);
            return;
        }

        if (assertion.Claims.Text("aud") is not { } audience || (audience != "https://oauth2.googleapis.com/token" && audience != request.Origin + "/token"))
        {
            await RefuseAsync(request, "invalid_grant", "Invalid JWT: Failed audience check.");
            return;
        }

        await GrantAsync(request, assertion.Issuer);
    }

    /// <summary>GET …/instance/service-accounts/default/token of the metadata server.</summary>
    public Task MetadataAsync(GcsRequest request, string item)
    {
        if (request.Header("Metadata-Flavor") != "Google")
        {
            throw new GcsError(403, "forbidden", "Missing Metadata-Flavor:Google header.") { PlainText = true };
        }

        request.Context.Response.Headers["Metadata-Flavor"] = "Google";
        return item switch
        {
            "token" => GrantAsync(request, DefaultAccount),
            "email" => request.Context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(DefaultAccount)).AsTask(),
            _ => Reply.EmptyAsync(request, 200),
        };
    }

    /// <summary>POST /v1/projects/-/serviceAccounts/{email}:signBlob.</summary>
    public async Task SignBlobAsync(GcsRequest request, string email)
    {
        var body = await request.ReadJsonAsync();
        byte[] payload;
        try
        {
            payload = Convert.FromBase64String(body.Text("payload") ?? "");
        }
        catch (FormatException)
        {
            throw GcsError.Invalid("Invalid value at 'payload' (TYPE_BYTES)");
        }

        await Reply.JsonAsync(request, new JsonObject
        {
            ["keyId"] = "emulator-managed",
            ["signedBlob"] = Convert.ToBase64String(accounts.SignManaged(email, payload)),
        });
    }

    private Task GrantAsync(GcsRequest request, string caller) => Reply.JsonAsync(request, new JsonObject
    {
        ["access_token"] = tokens.Issue(caller),
        ["expires_in"] = (int)AccessTokens.Life.TotalSeconds,
        ["token_type"] = "Bearer",
    });

    private static Task RefuseAsync(GcsRequest request, string error, string description) =>
        Reply.JsonAsync(request, new JsonObject { ["error"] = error, ["error_description"] = description }, 400);
}
