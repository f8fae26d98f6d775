using System.Net;
using System.Text.Json;
using SkyCompat.Alibaba;
using SkyCompat.Emulators.AlibabaEcs;
using SkyCompat.S3;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>What the emulator refuses, since what it takes is shown by the other tests.</summary>
public sealed class EcsEmulatorTests
{
    [Theory]
    [InlineData("secret", 400, "SignatureDoesNotMatch")]
    [InlineData("query", 400, "SignatureDoesNotMatch")]
    [InlineData("header", 400, "SignatureDoesNotMatch")]
    [InlineData("unsigned", 400, "IncompleteSignature")]
    [InlineData("body", 400, "IncompleteSignature")]
    [InlineData("date", 400, "InvalidTimeStamp.Expired")]
    [InlineData("none", 400, "MissingParameter")]
    [InlineData("key", 404, "InvalidAccessKeyId.NotFound")]
    [InlineData("token", 400, "InvalidSecurityToken.MismatchWithAccessKey")]
    [InlineData("action", 404, "InvalidAction.NotFound")]
    [InlineData("region", 404, "InvalidRegionId.NotFound")]
    [InlineData("dry", 400, "DryRunOperation")]
    public async Task Call_Spoilt_IsRefused(string what, int status, string code)
    {
        await using var emulator = await EcsEmulator.StartAsync(new EcsEmulatorOptions());
        emulator.State.Seed(EcsTestCloud.Region, EcsTestCloud.Zone, "vpc-1", "vsw-1", "sg-1");
        var keys = what switch
        {
            "secret" => new S3Credentials(EcsAccount.Main.AccessKeyId, "another", null, null),
            "key" => new S3Credentials("nobody", "another", null, null),
            "token" => new S3Credentials(EcsAccount.Temporary.AccessKeyId, EcsAccount.Temporary.AccessKeySecret, "another", null),
            _ => new S3Credentials(EcsAccount.Main.AccessKeyId, EcsAccount.Main.AccessKeySecret, null, null),
        };
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["RegionId"] = what == "region" ? "mars-1" : EcsTestCloud.Region };
        if (what == "dry")
        {
            foreach (var (name, value) in new[] { ("DryRun", "true"), ("ImageId", EcsLaunches.Image), ("InstanceType", "ecs.g7.large"), ("VSwitchId", "vsw-1"), ("SecurityGroupId", "sg-1") })
            {
                parameters[name] = value;
            }
        }

        var now = DateTimeOffset.UtcNow - (what == "date" ? TimeSpan.FromMinutes(20) : TimeSpan.Zero);
        using var request = Acs3Request.Create(emulator.Endpoint, what switch { "action" => "MakeCoffee", "dry" => "RunInstances", _ => "DescribeInstances" }, "2014-05-26", parameters, keys, now);
        switch (what)
        {
            case "query":
                request.RequestUri = new Uri(request.RequestUri + "&Status=Running");
                break;
            case "header":
                request.Headers.Remove("x-acs-signature-nonce");
                request.Headers.TryAddWithoutValidation("x-acs-signature-nonce", "another");
                break;
            case "unsigned":
                request.Headers.TryAddWithoutValidation("x-acs-extra", "1");
                break;
            case "body":
                request.Content = new ByteArrayContent([1]);
                break;
            case "none":
                request.Headers.Remove("authorization");
                break;
        }

        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        response.StatusCode.ShouldBe((HttpStatusCode)status);
        error.RootElement.GetProperty("Code").GetString().ShouldBe(code);
        emulator.State.InstanceCount.ShouldBe(0);
    }
}
