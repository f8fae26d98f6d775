using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>Who may call, and how a signature is looked at.</summary>
public sealed class GcsEmulatorAuthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RSA _key = RSA.Create(2048);
    private GcsEmulator? _emulator;
    private GcsWire? _wire;

    private GcsEmulator Emulator => _emulator!;

    private GcsWire Wire => _wire!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { AccessTokens = ["good"], Clock = _clock });
        _wire = new GcsWire(_emulator.Endpoint);
        (await Wire.SendAsync("POST", "/storage/v1/b?project=p", """{"name":"bucket"}""", ("Authorization", "Bearer good"))).Status.ShouldBe(200);
        (await Wire.SendAsync("PUT", "/bucket/a%20b", "data", ("Authorization", "Bearer good"))).Status.ShouldBe(200);
    }

    public async ValueTask DisposeAsync()
    {
        _wire?.Dispose();
        _key.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    [Fact]
    public async Task NoCredentials_Json401AndXml403()
    {
        var json = await Wire.SendAsync("GET", "/storage/v1/b/bucket/o/a%20b");
        (json.Status, json.Reason).ShouldBe((401, "required"));
        var xml = await Wire.SendAsync("GET", "/bucket/a%20b");
        xml.Status.ShouldBe(403);
        xml.Text.ShouldContain("<Code>AccessDenied</Code>");
    }

    [Fact]
    public async Task BadToken_Is401()
    {
        var json = await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, ("Authorization", "Bearer bad"));
        (json.Status, json.Reason).ShouldBe((401, "authError"));
        (await Wire.SendAsync("GET", "/bucket/a", (byte[]?)null, ("Authorization", "Bearer bad"))).Text.ShouldContain("<Code>AuthenticationRequired</Code>");
    }

    [Fact]
    public async Task Batch_WithoutCredentials_RefusesEachCall()
    {
        var body = "--x\r\nContent-Type: application/http\r\n\r\nGET /storage/v1/b/bucket HTTP/1.1\r\n\r\n\r\n--x--";
        (await Wire.SendAsync("POST", "/batch/storage/v1", body, ("Content-Type", "multipart/mixed; boundary=x"))).Text.ShouldContain("HTTP/1.1 401");
        (await Wire.SendAsync("POST", "/batch/storage/v1", body, ("Content-Type", "multipart/mixed; boundary=x"), ("Authorization", "Bearer good"))).Text.ShouldContain("HTTP/1.1 200");
    }

    [Fact]
    public async Task TokenEndpoint_SignedAssertion_GivesATokenThatExpires()
    {
        var account = JsonNode.Parse(Emulator.ServiceAccountJson)!;
        using var key = RSA.Create();
        key.ImportFromPem(account["private_key"]!.ToString());
        var assertion = Token(key, account["client_email"]!.ToString(), account["token_uri"]!.ToString());
        var granted = await ExchangeAsync(assertion);
        granted.Status.ShouldBe(200, granted.Text);
        var token = ("Authorization", "Bearer " + granted["access_token"]);
        (await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, token)).Status.ShouldBe(200);
        _clock.Advance(TimeSpan.FromHours(1));
        (await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, token)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task TokenEndpoint_BadAssertion_IsInvalidGrant()
    {
        Emulator.RegisterServiceAccount("a@x", _key.ExportSubjectPublicKeyInfoPem());
        var audience = new Uri(Emulator.Endpoint, "token").ToString();
        using var other = RSA.Create(2048);
        foreach (var assertion in new[] { Token(other, "a@x", audience), Token(_key, "b@x", audience), Token(_key, "a@x", "https://example.org"), Token(_key, "a@x", audience, -7200), "x.y.z", "" })
        {
            var refused = await ExchangeAsync(assertion);
            (refused.Status, refused["error"]).ShouldBe((400, "invalid_grant"));
        }
    }

    [Fact]
    public async Task SelfSignedToken_OfARegisteredAccount_IsGood()
    {
        Emulator.RegisterServiceAccount("a@x", _key.ExportSubjectPublicKeyInfoPem());
        (await GetAsync(Token(_key, "a@x", "https://storage.googleapis.com/"))).ShouldBe(200);
        (await GetAsync(Token(_key, "a@x", "https://other.example.org/"))).ShouldBe(401);
        (await GetAsync(Token(_key, "b@x", "https://storage.googleapis.com/"))).ShouldBe(401);

        async Task<int> GetAsync(string token) => (await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, ("Authorization", "Bearer " + token))).Status;
    }

    [Fact]
    public async Task RevokedTokens_AreRefused_AndConfiguredOnesAreNot()
    {
        Emulator.RegisterServiceAccount("a@x", _key.ExportSubjectPublicKeyInfoPem());
        var token = (await ExchangeAsync(Token(_key, "a@x", "https://oauth2.googleapis.com/token")))["access_token"];
        Emulator.RevokeIssuedTokens();
        (await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, ("Authorization", "Bearer " + token))).Status.ShouldBe(401);
        (await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, ("Authorization", "Bearer good"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SignBlob_SignsWithTheAccountsManagedKey()
    {
        var url = await SignAsync("GET", "/bucket/a%20b", 60, text => SignManagedAsync("managed@x", text), "managed@x");
        (await Wire.SendAsync("GET", url)).Text.ShouldBe("data");
    }

    [Theory]
    [InlineData("GET", 59, 200, null)]
    [InlineData("GET", 60, 400, "ExpiredToken")]
    [InlineData("PUT", 0, 403, "SignatureDoesNotMatch")]
    public async Task SignedUrl_MethodAndTime_AreLookedAt(string method, int secondsLater, int status, string? code)
    {
        Emulator.RegisterServiceAccount("a@x", _key.ExportSubjectPublicKeyInfoPem());
        var url = await SignAsync("GET", "/bucket/a%20b", 60, Sign, "a@x");
        _clock.Advance(TimeSpan.FromSeconds(secondsLater));
        var reply = await Wire.SendAsync(method, url, method == "PUT" ? "x" : null);
        reply.Status.ShouldBe(status, reply.Text);
        reply.Text.ShouldContain(code is null ? "data" : $"<Code>{code}</Code>");
    }

    [Fact]
    public async Task SignedUrl_AnythingElse_IsRefused()
    {
        Emulator.RegisterServiceAccount("a@x", _key.ExportSubjectPublicKeyInfoPem());
        var url = await SignAsync("GET", "/bucket/a%20b", 60, Sign, "a@x");
        await RefusedAsync(url.Replace("a%20b", "a%20c", StringComparison.Ordinal), 403, "SignatureDoesNotMatch");
        await RefusedAsync(url + "&generation=1", 403, "SignatureDoesNotMatch");
        await RefusedAsync(url.Replace("X-Goog-Expires=60", "X-Goog-Expires=61", StringComparison.Ordinal), 403, "SignatureDoesNotMatch");
        await RefusedAsync(url.Replace("X-Goog-Expires=60", "X-Goog-Expires=604801", StringComparison.Ordinal), 400, "InvalidArgument");
        await RefusedAsync(url.Replace("a%40x", "b%40x", StringComparison.Ordinal), 403, "InvalidSecurity");
        await RefusedAsync(url.Replace("X-Goog-SignedHeaders=host", "X-Goog-SignedHeaders=host%3Bx-goog-meta-k", StringComparison.Ordinal), 400, "MalformedSecurityHeader");
        (await Wire.SendAsync("GET", url, (byte[]?)null, ("x-goog-meta-k", "v"))).Text.ShouldContain("<Code>MalformedSecurityHeader</Code>");
        await RefusedAsync(await SignAsync("GET", "/bucket/a%20b", 60, Sign, "a@x", ahead: TimeSpan.FromHours(1)), 403, "RequestTimeTooSkewed");

        async Task RefusedAsync(string address, int status, string code)
        {
            var reply = await Wire.SendAsync("GET", address);
            reply.Status.ShouldBe(status);
            reply.Text.ShouldContain($"<Code>{code}</Code>");
        }
    }

    [Fact]
    public async Task Metadata_Server_GivesATokenToWhoAsksProperly()
    {
        const string Address = "/computeMetadata/v1/instance/service-accounts/default/token";
        (await Wire.SendAsync("GET", Address)).Status.ShouldBe(403);
        var granted = await Wire.SendAsync("GET", Address, (byte[]?)null, ("Metadata-Flavor", "Google"));
        (await Wire.SendAsync("GET", "/storage/v1/b/bucket", (byte[]?)null, ("Authorization", "Bearer " + granted["access_token"]))).Status.ShouldBe(200);
    }

    private Task<GcsReply> ExchangeAsync(string assertion) => Wire.SendAsync(
        "POST",
        "/token",
        $"grant_type={Uri.EscapeDataString("urn:ietf:params:oauth:grant-type:jwt-bearer")}&assertion={assertion}",
        ("Content-Type", "application/x-www-form-urlencoded"));

    private string Token(RSA key, string issuer, string audience, int secondsAgo = 0)
    {
        var issued = _clock.GetUtcNow().ToUnixTimeSeconds() + secondsAgo;
        var text = Part("""{"alg":"RS256","typ":"JWT"}""") + "." + Part($$"""{"iss":"{{issuer}}","sub":"{{issuer}}","aud":"{{audience}}","iat":{{issued}},"exp":{{issued + 3600}}}""");
        return text + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private Task<byte[]> Sign(string text) => Task.FromResult(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private async Task<byte[]> SignManagedAsync(string email, string text)
    {
        var body = $$"""{"payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"}""";
        var reply = await Wire.SendAsync("POST", $"/v1/projects/-/serviceAccounts/{Uri.EscapeDataString(email)}:signBlob", body, ("Authorization", "Bearer good"));
        return Convert.FromBase64String(reply["signedBlob"]!);
    }

    private async Task<string> SignAsync(string method, string path, int seconds, Func<string, Task<byte[]>> sign, string email, TimeSpan ahead = default)
    {
        var now = _clock.GetUtcNow() + ahead;
        var scope = $"{now:yyyyMMdd}/auto/storage/goog4_request";
        var query = $"X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential={Uri.EscapeDataString($"{email}/{scope}")}&X-Goog-Date={now:yyyyMMdd'T'HHmmss'Z'}&X-Goog-Expires={seconds}&X-Goog-SignedHeaders=host";
        var canonical = $"{method}\n{path}\n{query}\nhost:{Emulator.Endpoint.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var text = $"GOOG4-RSA-SHA256\n{now:yyyyMMdd'T'HHmmss'Z'}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        return $"{path}?{query}&X-Goog-Signature={Convert.ToHexStringLower(await sign(text))}";
    }
}
