using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Alibaba;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Where credentials come from, and what is said when they do not.</summary>
public sealed class AlibabaCredentialTests : IDisposable
{
    private const string Metadata = "http://100.100.100.200/latest/";
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-alibaba-").FullName;
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<HttpRequestMessage> _requests = [];
    private Func<HttpRequestMessage, HttpResponseMessage> _reply = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");

    public AlibabaCredentialTests() => _environment["HOME"] = _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Environment_KeysAndToken_AreUsed()
    {
        Set("ALIBABA_CLOUD_ACCESS_KEY_ID=id;ALIBABA_CLOUD_ACCESS_KEY_SECRET=secret;ALIBABA_CLOUD_SECURITY_TOKEN=token");

        Show(await GetAsync()).ShouldBe("id secret token");
        _requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_IsUnauthenticatedAndSaysWhereItLooked()
    {
        var error = await Should.ThrowAsync<CloudException>(() => GetAsync());

        (error.Code, error.Scope, error.IsTransient).ShouldBe((CloudErrorCode.Unauthenticated, ErrorScope.Cloud, false));
        foreach (var place in (string[])["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "config.json", "no metadata service"])
        {
            error.Message.ShouldContain(place);
        }
    }

    [Fact]
    public async Task Oidc_TokenFile_BecomesTheRole()
    {
        var file = Write("token", "the-token\n");
        Set($"ALIBABA_CLOUD_ROLE_ARN=acs:ram::1:role/r;ALIBABA_CLOUD_OIDC_PROVIDER_ARN=acs:ram::1:oidc-provider/p;ALIBABA_CLOUD_OIDC_TOKEN_FILE={file}");
        _reply = _ => Json(200, Credentials("STS.id", _clock.GetUtcNow().AddHours(1)));

        Show(await GetAsync()).ShouldBe("STS.id STS-secret STS-token");

        var request = _requests.ShouldHaveSingleItem();
        request.RequestUri!.AbsoluteUri.ShouldBe("https://sts.cn-hangzhou.aliyuncs.com/?OIDCProviderArn=acs%3Aram%3A%3A1%3Aoidc-provider%2Fp&OIDCToken=the-token&RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr&RoleSessionName=skycompat");
        Header(request, "x-acs-action").ShouldBe("AssumeRoleWithOIDC");
        Header(request, "x-acs-version").ShouldBe("2015-04-01");
        request.Headers.Contains("authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Oidc_TokenServiceDown_IsUnavailableAndNamesIt()
    {
        Set($"ALIBABA_CLOUD_ROLE_ARN=r;ALIBABA_CLOUD_OIDC_PROVIDER_ARN=p;ALIBABA_CLOUD_OIDC_TOKEN_FILE={Write("token", "the-token")}");

        var error = await Should.ThrowAsync<CloudException>(() => GetAsync());

        (error.Code, error.IsTransient, error.Scope).ShouldBe((CloudErrorCode.Unavailable, true, ErrorScope.Cloud));
        error.Message.ShouldContain("sts.cn-hangzhou.aliyuncs.com");
        error.ToString().ShouldNotContain("the-token");
    }

    [Theory]
    [InlineData(400, """{"Code":"AuthenticationFail.OIDCToken.Expired","Message":"This JSON Web Token has expired.","RequestId":"R1"}""", CloudErrorCode.Unauthenticated)]
    [InlineData(400, """{"Code":"Throttling.User","Message":"Slow down."}""", CloudErrorCode.Throttled)]
    [InlineData(503, "<html>proxy</html>", CloudErrorCode.Unavailable)]
    [InlineData(200, "<html>proxy</html>", CloudErrorCode.Unauthenticated)]
    [InlineData(200, """{"Credentials":{}}""", CloudErrorCode.Unauthenticated)]
    public async Task Oidc_TokenServiceRefuses_IsTyped(int status, string body, CloudErrorCode expected)
    {
        Set($"ALIBABA_CLOUD_ROLE_ARN=r;ALIBABA_CLOUD_OIDC_PROVIDER_ARN=p;ALIBABA_CLOUD_OIDC_TOKEN_FILE={Write("token", "the-token")}");
        _reply = _ => Json(status, body);

        var error = await Should.ThrowAsync<CloudException>(() => GetAsync());

        error.Code.ShouldBe(expected);
        error.ToString().ShouldNotContain("the-token");
    }

    [Fact]
    public async Task Oidc_NoTokenFile_IsUnauthenticatedAndNamesIt()
    {
        Set($"ALIBABA_CLOUD_ROLE_ARN=r;ALIBABA_CLOUD_OIDC_PROVIDER_ARN=p;ALIBABA_CLOUD_OIDC_TOKEN_FILE={_folder}/gone");

        var error = await Should.ThrowAsync<CloudException>(() => GetAsync());

        error.Code.ShouldBe(CloudErrorCode.Unauthenticated);
        error.Message.ShouldContain("gone");
    }

    [Theory]
    [InlineData("""{"current":"a","profiles":[{"name":"a","mode":"AK","access_key_id":"id","access_key_secret":"secret"}]}""", "id secret ")]
    [InlineData("""{"current":"a","profiles":[{"name":"a","mode":"StsToken","access_key_id":"id","access_key_secret":"secret","sts_token":"token"}]}""", "id secret token")]
    [InlineData("""{"current":"a","profiles":[{"name":"a","mode":"RamRoleArn","access_key_id":"id","access_key_secret":"secret","ram_role_arn":"r","ram_session_name":"s","expired_seconds":900}]}""", "STS.id STS-secret STS-token")]
    [InlineData("""{"current":"b","profiles":[{"name":"a","mode":"AK","access_key_id":"id","access_key_secret":"secret"},{"name":"b","mode":"ChainableRamRoleArn","source_profile":"a","ram_role_arn":"r"}]}""", "STS.id STS-secret STS-token")]
    public async Task Profile_EveryMode_IsUsed(string file, string expected)
    {
        WriteProfile(file);
        _reply = _ => Json(200, Credentials("STS.id", _clock.GetUtcNow().AddHours(1)));

        Show(await GetAsync()).ShouldBe(expected);

        foreach (var request in _requests)
        {
            Header(request, "authorization").ShouldStartWith("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-action;");
            request.RequestUri!.Query.ShouldContain("RoleArn=r");
        }
    }

    [Theory]
    [InlineData("""{"current":"a","profiles":[{"name":"b"}]}""", "has no profile 'a'")]
    [InlineData("""{"current":"a","profiles":[{"name":"a","mode":"AK","access_key_id":"id"}]}""", "no 'access_key_secret'")]
    [InlineData("""{"current":"a","profiles":[{"name":"a","mode":"CloudSSO"}]}""", "supported are AK, StsToken")]
    [InlineData("""{"current":"a","profiles":[{"name":"a","mode":"ChainableRamRoleArn","source_profile":"a","ram_role_arn":"r"}]}""", "leads back to itself")]
    [InlineData("not json", "is not JSON")]
    public async Task Profile_Wrong_SaysWhat(string file, string expected)
    {
        WriteProfile(file);

        var error = await Should.ThrowAsync<CloudException>(() => GetAsync());

        error.Code.ShouldBe(CloudErrorCode.Unauthenticated);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Profile_Configured_WinsOverTheEnvironment()
    {
        Set("ALIBABA_CLOUD_ACCESS_KEY_ID=other;ALIBABA_CLOUD_ACCESS_KEY_SECRET=other");
        WriteProfile("""{"current":"a","profiles":[{"name":"a","mode":"AK","access_key_id":"1","access_key_secret":"1"},{"name":"b","mode":"AK","access_key_id":"id","access_key_secret":"secret"}]}""");

        Show(await GetAsync(new AlibabaOptions { CredentialProfile = "b" })).ShouldBe("id secret ");
    }

    [Fact]
    public async Task Ecs_Role_IsFetchedInHardenedMode()
    {
        _reply = Ecs(_clock.GetUtcNow().AddHours(6));

        Show(await GetAsync()).ShouldBe("STS.ecs STS-secret STS-token");

        _requests.Select(request => $"{request.Method} {request.RequestUri!.AbsoluteUri}").ShouldBe(
            [$"PUT {Metadata}api/token", $"GET {Metadata}meta-data/ram/security-credentials/", $"GET {Metadata}meta-data/ram/security-credentials/my-role"]);
        Header(_requests[0], "X-aliyun-ecs-metadata-token-ttl-seconds").ShouldNotBeNull();
        _requests.Skip(1).ShouldAllBe(request => Header(request, "X-aliyun-ecs-metadata-token") == "session");
    }

    [Fact]
    public async Task Ecs_RoleIsNamed_ServiceDown_IsUnavailable()
    {
        Set("ALIBABA_CLOUD_ECS_METADATA=my-role");

        var error = await Should.ThrowAsync<CloudException>(() => GetAsync());

        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Unavailable, true));
        error.Message.ShouldContain("metadata service");
    }

    [Fact]
    public async Task Ecs_NoRole_IsUnauthenticated()
    {
        _reply = request => request.Method == HttpMethod.Put ? Json(200, "session") : Json(404, "");

        (await Should.ThrowAsync<CloudException>(() => GetAsync())).Message.ShouldContain("it has none");
    }

    [Fact]
    public async Task Ecs_SwitchedOff_IsNotAsked()
    {
        Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED=true");

        await Should.ThrowAsync<CloudException>(() => GetAsync());

        _requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Temporary_NearTheirEnd_AreFetchedAnew()
    {
        var source = Create(new AlibabaOptions());
        _reply = Ecs(_clock.GetUtcNow().AddHours(1), "first");
        (await source.GetAsync(default)).AccessKeyId.ShouldBe("first");
        _reply = Ecs(_clock.GetUtcNow().AddHours(2), "second");

        _clock.Advance(TimeSpan.FromMinutes(54));
        (await source.GetAsync(default)).AccessKeyId.ShouldBe("first");
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await source.GetAsync(default)).AccessKeyId.ShouldBe("second");
    }

    [Fact]
    public async Task Temporary_TokenServiceDown_AreUsedToTheirEndAndThenItIsAnError()
    {
        var source = Create(new AlibabaOptions());
        _reply = Ecs(_clock.GetUtcNow().AddHours(1), "first");
        await source.GetAsync(default);
        _reply = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");

        _clock.Advance(TimeSpan.FromMinutes(57));
        _requests.Clear();
        (await source.GetAsync(default)).AccessKeyId.ShouldBe("first");
        (await source.GetAsync(default)).AccessKeyId.ShouldBe("first");
        _requests.Count.ShouldBe(1, "a failure is not repeated at every request");

        _clock.Advance(TimeSpan.FromMinutes(4));
        var error = await Should.ThrowAsync<CloudException>(async () => await source.GetAsync(default));
        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Unavailable, true));
    }

    [Fact]
    public async Task Temporary_AskedForByManyAtOnce_AreFetchedOnce()
    {
        var source = Create(new AlibabaOptions());
        _reply = Ecs(_clock.GetUtcNow().AddHours(1));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => source.GetAsync(default).AsTask())));

        _requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(OssNetwork.Public, null, "sts.cn-hangzhou.aliyuncs.com")]
    [InlineData(OssNetwork.Internal, null, "sts-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData(OssNetwork.Public, "http://127.0.0.1:1", "127.0.0.1:1")]
    public async Task Sts_Endpoint_FollowsTheNetwork(OssNetwork network, string? configured, string expected)
    {
        Set($"ALIBABA_CLOUD_ROLE_ARN=r;ALIBABA_CLOUD_OIDC_PROVIDER_ARN=p;ALIBABA_CLOUD_OIDC_TOKEN_FILE={Write("token", "t")}");
        _reply = _ => Json(200, Credentials("id", null));

        await GetAsync(new AlibabaOptions { Network = network, StsEndpoint = configured });

        _requests.ShouldHaveSingleItem().RequestUri!.Authority.ShouldBe(expected);
    }

    [Fact]
    public void Credentials_AsText_ShowNothing() => new S3Credentials("id", "hush", "hush", null).ToString().ShouldBe(nameof(S3Credentials));

    private static string Show(S3Credentials credentials) => $"{credentials.AccessKeyId} {credentials.SecretAccessKey} {credentials.SessionToken}";

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string Credentials(string id, DateTimeOffset? end) =>
        "{\"RequestId\":\"R1\",\"Credentials\":{\"AccessKeyId\":\"" + id + "\",\"AccessKeySecret\":\"STS-secret\",\"SecurityToken\":\"STS-token\"" +
        (end is { } at ? $",\"Expiration\":\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"" : "") + "}}";

    private static HttpResponseMessage Json(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static Func<HttpRequestMessage, HttpResponseMessage> Ecs(DateTimeOffset end, string id = "STS.ecs") => request =>
        request.Method == HttpMethod.Put ? Json(200, "session")
        : request.RequestUri!.AbsolutePath.EndsWith('/') ? Json(200, "my-role")
        : Json(200, $$"""{"AccessKeyId":"{{id}}","AccessKeySecret":"STS-secret","SecurityToken":"STS-token","Expiration":"{{end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}","Code":"Success"}""");

    private async Task<S3Credentials> GetAsync(AlibabaOptions? options = null) => await Create(options ?? new AlibabaOptions()).GetAsync(default);

    private S3CredentialSource Create(AlibabaOptions options)
    {
        var services = AlibabaTestServices.Create(configured => configured.AddSingleton<TimeProvider>(_clock)
            .AddHttpClient("SkyCompat.Alibaba.Credentials").ConfigurePrimaryHttpMessageHandler(() => new AlibabaTestServices.Handler(Answer)));
        var cloud = AlibabaTestServices.Cloud("", "cn-hangzhou");
        return AlibabaProviderFactory.CreateContext(options, cloud, services, new ProcessEnvironment(name => _environment.GetValueOrDefault(name))).Credentials;
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        return _reply(request);
    }

    private void Set(string pairs)
    {
        foreach (var pair in pairs.Split(';'))
        {
            _environment[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];
        }
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private void WriteProfile(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".aliyun"));
        Write(".aliyun/config.json", text);
    }
}
