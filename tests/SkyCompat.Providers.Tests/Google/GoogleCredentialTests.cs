using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Google;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Google;

/// <summary>Tokens and signatures: where they come from, and what happens when they do not.</summary>
public sealed class GoogleCredentialTests
{
    private const string Email = "app@project-1.iam.gserviceaccount.com";
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RSA Key = RSA.Create(2048);

    private static string ServiceAccount { get; } = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["type"] = "service_account",
        ["project_id"] = "project-1",
        ["private_key_id"] = "k1",
        ["private_key"] = Key.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = Email,
        ["token_uri"] = "https://oauth2.googleapis.com/token",
    });

    private static string User { get; } = """{"type":"authorized_user","client_id":"id","client_secret":"secret","refresh_token":"refresh"}""";

    [Fact]
    public async Task ServiceAccount_SignsItsTokenItself()
    {
        await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.Reply(204), Use(ServiceAccount), new FakeTimeProvider(Now));

        await cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default);
        await cloud.Bucket.DeleteAsync("b", new DeleteOptions(), default);

        cloud.Sent.Count.ShouldBe(2);
        var tokens = cloud.Sent.Select(request => request.Header("Authorization")!).Distinct(StringComparer.Ordinal).ToList();
        var claims = ReadClaims(tokens.ShouldHaveSingleItem());
        claims.GetProperty("iss").GetString().ShouldBe(Email);
        claims.GetProperty("scope").GetString().ShouldBe("https://www.googleapis.com/auth/cloud-platform");
        claims.GetProperty("iat").GetInt64().ShouldBe(Now.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task ServiceAccount_File_IsRead()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, ServiceAccount, TestContext.Current.CancellationToken);
            await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.Reply(200, """{"items":[]}"""), options =>
            {
                options.AccessToken = null;
                options.CredentialsFile = file;
            });

            await cloud.Storage.ListBucketsPageAsync(new ListBucketsOptions(), default);

            // The project is the account's own.
            cloud.Sent.Single().Url.ShouldContain("project=project-1");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task ClockSkew_IsLearnedAndTheNextTokenIsMadeByTheStoresClock()
    {
        var serverTime = Now.AddHours(2);
        await using var cloud = GoogleTestCloud.Create(
            request => ReadClaims(request.Header("Authorization")!).GetProperty("iat").GetInt64() < serverTime.ToUnixTimeSeconds() - 600
                ? GoogleTestCloud.Reply(401, "", "text/plain", ("Date", serverTime.ToString("r")))
                : GoogleTestCloud.Reply(204),
            Use(ServiceAccount),
            new FakeTimeProvider(Now));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default));
        var second = await cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default);
        var signed = await cloud.Bucket.SignAsync("a", new SignOptions { Lifetime = TimeSpan.FromMinutes(10) }, default);

        (error.Code, error.Reason, error.IsTransient).ShouldBe((CloudErrorCode.Unauthenticated, ObjectStorageErrorReasons.ClockSkew, true));
        second.Outcome.ShouldBe(DeleteOutcome.Deleted);
        signed.ExpiresAt.ShouldBe(serverTime.AddMinutes(10));
    }

    [Fact]
    public async Task TokenThatWasGood_AndIsRefused_IsReplacedOnce()
    {
        var tokens = 0;
        var refused = "";
        await using var cloud = GoogleTestCloud.Create(
            request => request.Url.Contains("oauth2", StringComparison.Ordinal) ? Token($"t{++tokens}")
                : request.Header("Authorization") == refused ? GoogleTestCloud.Error(401, "authError")
                : GoogleTestCloud.Reply(204),
            Use(User));

        await cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default);
        refused = "Bearer t1";
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default));

        (error.Code, error.IsTransient, error.Scope).ShouldBe((CloudErrorCode.Unauthenticated, true, ErrorScope.Cloud));
    }

    [Fact]
    public async Task TokenThatWasNeverGood_IsNotRetried()
    {
        await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.Error(401, "authError"), Use(ServiceAccount));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default));

        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Unauthenticated, false));
    }

    [Fact]
    public async Task StaticToken_ThatEnds_IsNotRetried()
    {
        var replies = 0;
        await using var cloud = GoogleTestCloud.Create(_ => replies++ == 0 ? GoogleTestCloud.Reply(204) : GoogleTestCloud.Error(401, "authError"));

        await cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default);

        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default))).IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData(503, CloudErrorCode.Unavailable, true)]
    [InlineData(0, CloudErrorCode.Unavailable, true)]
    [InlineData(400, CloudErrorCode.Unauthenticated, false)]
    public async Task TokenEndpoint_DownOrRefusing_IsTold(int status, CloudErrorCode code, bool isTransient)
    {
        await using var cloud = GoogleTestCloud.Create(
            request => request.Url.Contains("oauth2", StringComparison.Ordinal)
                ? status == 0 ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : GoogleTestCloud.Reply(status, """{"error":"invalid_grant","error_description":"Bad"}""")
                : GoogleTestCloud.Reply(204),
            Use(User));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default));

        (error.Code, error.IsTransient, error.Scope, error.MayHaveTakenEffect).ShouldBe((code, isTransient, ErrorScope.Cloud, false));
        error.ToString().ShouldNotContain("refresh_token=");

        // One attempt: the retries of the library are off.
        cloud.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WorkloadIdentity_ExchangesItsTokenAndSignsThroughIam()
    {
        var subject = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(subject, "subject-token", TestContext.Current.CancellationToken);
            var json = JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["type"] = "external_account",
                ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider",
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
                ["token_url"] = "https://sts.googleapis.com/v1/token",
                ["credential_source"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["file"] = subject },
            });
            await using var cloud = GoogleTestCloud.Create(request => request.Url.Contains("sts.", StringComparison.Ordinal) ? Token("federated") : GoogleTestCloud.Reply(204), Use(json));

            await cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default);

            cloud.Sent.Select(request => request.Header("Authorization")).Last().ShouldBe("Bearer federated");
            cloud.Sent.First().Text.ShouldContain("subject-token");

            // It is of no service account, and none is configured.
            (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.SignAsync("a", new SignOptions(), default))).Message.ShouldContain("set SignerEmail");
        }
        finally
        {
            File.Delete(subject);
        }
    }

    [Fact]
    public async Task Anonymous_SendsNoCredentials()
    {
        await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.Reply(204), options =>
        {
            options.AccessToken = null;
            options.Anonymous = true;
        });

        await cloud.Bucket.DeleteAsync("a", new DeleteOptions(), default);

        cloud.Sent.Single().Header("Authorization").ShouldBeNull();
    }

    [Fact]
    public async Task Sign_ServiceAccount_IsVerifiedByThePublicHalf()
    {
        await using var cloud = GoogleTestCloud.Create(_ => throw new InvalidOperationException("No request is needed."), Use(ServiceAccount), new FakeTimeProvider(Now));

        var signed = await cloud.Bucket.SignAsync("a/ü", new SignOptions { Method = SignedMethod.Put, ContentType = "text/plain", Lifetime = TimeSpan.FromDays(7) }, default);

        var parts = signed.Url.OriginalString.Split("&X-Goog-Signature=");
        parts[0].ShouldBe("https://storage.googleapis.com/bucket/a/%C3%BC?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=app%40project-1.iam.gserviceaccount.com%2F20260701%2Fauto%2Fstorage%2Fgoog4_request" +
            "&X-Goog-Date=20260701T120000Z&X-Goog-Expires=604800&X-Goog-SignedHeaders=content-type%3Bhost");
        var canonical = "PUT\n/bucket/a/%C3%BC\n" + parts[0].Split('?')[1] + "\ncontent-type:text/plain\nhost:storage.googleapis.com\n\ncontent-type;host\nUNSIGNED-PAYLOAD";
        var toSign = $"GOOG4-RSA-SHA256\n20260701T120000Z\n20260701/auto/storage/goog4_request\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        Key.VerifyData(Encoding.UTF8.GetBytes(toSign), Convert.FromHexString(parts[1]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        signed.ExpiresAt.ShouldBe(Now.AddDays(7));
        signed.RequiredHeaders.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "text/plain" });
        signed.ToString().ShouldNotContain("X-Goog-Signature");
    }

    [Fact]
    public async Task Sign_NoPrivateKey_AsksIamAndPromisesTwelveHours()
    {
        await using var cloud = GoogleTestCloud.Create(
            request => GoogleTestCloud.Reply(200, $$"""{"keyId":"k","signedBlob":"{{Convert.ToBase64String("signed"u8)}}"}"""), options => options.SignerEmail = Email, new FakeTimeProvider(Now));

        var signed = await cloud.Bucket.SignAsync("key", new SignOptions { Lifetime = TimeSpan.FromDays(1) }, default);

        signed.Url.OriginalString.ShouldEndWith("&X-Goog-Signature=" + Convert.ToHexStringLower("signed"u8));
        signed.Url.OriginalString.ShouldContain("&X-Goog-Expires=43200&");
        signed.ExpiresAt.ShouldBe(Now.AddHours(12));
        var sent = cloud.Sent.ShouldHaveSingleItem();
        sent.Url.ShouldBe("https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/app%40project-1.iam.gserviceaccount.com:signBlob");
        using var body = JsonDocument.Parse(sent.Text);
        Encoding.UTF8.GetString(body.RootElement.GetProperty("payload").GetBytesFromBase64()).ShouldStartWith("GOOG4-RSA-SHA256\n20260701T120000Z\n");
    }

    [Fact]
    public async Task Sign_IamRefuses_SaysWhichRoleIsLacking()
    {
        await using var cloud = GoogleTestCloud.Create(
            _ => GoogleTestCloud.Reply(403, """{"error":{"code":403,"message":"Permission 'iam.serviceAccounts.signBlob' denied","status":"PERMISSION_DENIED"}}"""), options => options.SignerEmail = Email);

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.SignAsync("key", new SignOptions(), default));

        (error.Code, error.ProviderCode).ShouldBe((CloudErrorCode.PermissionDenied, "PERMISSION_DENIED"));
        error.Message.ShouldContain("Service Account Token Creator");
    }

    private static Action<GoogleOptions> Use(string json) => options =>
    {
        options.AccessToken = null;
        options.CredentialsJson = json;
    };

    private static HttpResponseMessage Token(string token) => GoogleTestCloud.Reply(200, $$"""{"access_token":"{{token}}","expires_in":3600,"token_type":"Bearer"}""");

    private static JsonElement ReadClaims(string authorization)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(authorization["Bearer ".Length..].Split('.')[1]));
        return document.RootElement.Clone();
    }
}
