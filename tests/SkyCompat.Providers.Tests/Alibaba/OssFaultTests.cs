using SkyCompat.Emulators.AlibabaOss;
using SkyCompat.ObjectStorage;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Bad input and faults, through the engine, on the emulator.</summary>
public sealed class OssFaultTests
{
    private const string Key = "a/b";

    [Theory]
    [InlineData("AccessKeySecret", "wrong", "SignatureDoesNotMatch", "check AccessKeySecret")]
    [InlineData("AccessKeyId", "unknown", "InvalidAccessKeyId", "check AccessKeyId")]
    [InlineData("SecurityToken", "made-up", "InvalidSecurityToken", "check SecurityToken")]
    public async Task Get_WrongCredentials_SaysWhichAndWhatToDo(string setting, string value, string code, string advice)
    {
        await using var cloud = await OssTestCloud.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { [setting] = value });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.GetBucket("media").GetAsync(Key));

        (error.Code, error.ProviderCode, error.Scope, error.StatusCode).ShouldBe((CloudErrorCode.Unauthenticated, code, ErrorScope.Cloud, 403));
        error.Message.ShouldContain(advice);
        error.RequestId.ShouldNotBeNullOrEmpty();
        error.ToString().ShouldNotContain(OssAccount.Main.AccessKeySecret);
    }

    [Fact]
    public async Task Put_TemporaryKeys_WorkWithTheirToken()
    {
        await using var cloud = await OssTestCloud.StartAsync(SettingsOf(OssAccount.Temporary));
        var bucket = await cloud.CreateBucketAsync();

        await bucket.PutTextAsync(Key, "hello");
        var signed = await bucket.SignAsync(Key);

        signed.Url.Query.ShouldContain("x-oss-security-token=");
        using var http = new HttpClient();
        (await http.GetStringAsync(signed.Url)).ShouldBe("hello");
    }

    [Fact]
    public async Task Get_ExpiredToken_SaysSo()
    {
        await using var cloud = await OssTestCloud.StartAsync(SettingsOf(OssAccount.Expired));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.GetBucket("media").GetAsync(Key));

        (error.Code, error.ProviderCode).ShouldBe((CloudErrorCode.Unauthenticated, "SecurityTokenExpired"));
    }

    [Fact]
    public async Task Get_BucketOfSomebodyElse_IsDenied()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await using var other = await OssTestCloud.StartAsync(new Dictionary<string, string?>(SettingsOf(OssAccount.Other), StringComparer.Ordinal) { ["Endpoint"] = cloud.Emulator.Endpoint.GetLeftPart(UriPartial.Authority) });

        (await Should.ThrowAsync<CloudException>(() => other.Storage.GetBucket(bucket.Name).GetAsync(Key))).Code.ShouldBe(CloudErrorCode.PermissionDenied);
        var taken = await Should.ThrowAsync<CloudException>(() => other.Storage.CreateBucketAsync(bucket.Name));
        (taken.Code, taken.Reason).ShouldBe((CloudErrorCode.AlreadyExists, Reasons.BucketExists));
    }

    [Fact]
    public async Task Put_ClocksDiffer_LearnsTheTimeAndSucceeds()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();

        cloud.Faults.ClockOffset = TimeSpan.FromHours(-3);
        await bucket.PutTextAsync(Key, "hello");

        (await bucket.GetTextAsync(Key)).ShouldBe("hello");
    }

    [Fact]
    public async Task Get_ClocksDifferAndNobodySaysHow_IsClockSkew()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.Refuse) { Target = Key, Status = 403, Code = "RequestTimeTooSkewed", Times = 10 });

        var error = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.Unauthenticated, Reasons.ClockSkew));
    }

    [Fact]
    public async Task Put_BytesChangeOnTheWay_AreSentAgain()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.ChangeRequest) { Method = "PUT", Target = Key });

        await bucket.PutTextAsync(Key, "hello");

        (await bucket.GetTextAsync(Key)).ShouldBe("hello");
        cloud.Faults.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal) && request.EndsWith(Key, StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Put_BytesChangeUnderACondition_IsDataCorruptedAndNotASuccess()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.ChangeRequest) { Method = "PUT", Target = Key });

        var error = await Should.ThrowAsync<CloudException>(() => bucket.PutTextAsync(Key, "hello", new PutOptions { Condition = WriteCondition.MustNotExist }));

        (error.Code, error.Reason, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.DataCorrupted, Reasons.ChecksumMismatch, true));
    }

    [Fact]
    public async Task Upload_BytesOfAPartChangeOnTheWay_ThePartIsSentAgain()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.ChangeRequest) { Method = "PUT", Target = "partNumber=2" });
        var bytes = Enumerable.Range(0, 400_000).Select(i => (byte)i).ToArray();

        await using (var writer = bucket.OpenWrite(Key, new PutOptions { PartSizeBytes = 128 * 1024 }))
        {
            await writer.WriteAsync(bytes);
            await writer.CommitAsync();
        }

        await using var content = await bucket.GetAsync(Key);
        (await content.ReadBytesAsync()).ShouldBe(bytes);
    }

    [Fact]
    public async Task Get_BytesChangeOnTheWayBack_IsDataCorrupted()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await bucket.PutTextAsync(Key, "hello");
        cloud.Faults.Add(new OssFault(OssFaultKind.ChangeReply) { Method = "GET", Target = Key });

        var error = await Should.ThrowAsync<CloudException>(() => bucket.GetTextAsync(Key));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.DataCorrupted, Reasons.ChecksumMismatch));
    }

    [Fact]
    public async Task Get_ReplyIsCutOff_IsResumedWhereItBroke()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        var bytes = Enumerable.Range(0, 1_000_000).Select(i => (byte)(i * 7)).ToArray();
        await bucket.PutAsync(Key, bytes);
        cloud.Faults.Add(new OssFault(OssFaultKind.CutReply) { Method = "GET", Target = Key });

        await using var content = await bucket.GetAsync(Key);

        (await content.ReadBytesAsync()).ShouldBe(bytes);
    }

    [Fact]
    public async Task Put_ReplyLostUnderACondition_IsResolvedByLooking()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.DropReply) { Method = "PUT", Target = Key });

        var result = await bucket.PutTextAsync(Key, "hello", new PutOptions { Condition = WriteCondition.MustNotExist });

        result.Tag.ShouldBe((await bucket.GetInfoAsync(Key)).Tag);
    }

    [Theory]
    [InlineData("InternalError", true)]
    [InlineData("AccessDenied", false)]
    public async Task Copy_ErrorDocumentInside200_IsAnErrorOrTriedAgain(string code, bool isTransient)
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await bucket.PutTextAsync(Key, "hello");
        cloud.Faults.Add(new OssFault(OssFaultKind.RefuseIn200) { Method = "PUT", Target = "target", Code = code });

        if (isTransient)
        {
            await bucket.CopyAsync(Key, "target");
            (await bucket.GetTextAsync("target")).ShouldBe("hello");
        }
        else
        {
            (await Should.ThrowAsync<CloudException>(() => bucket.CopyAsync(Key, "target"))).Code.ShouldBe(CloudErrorCode.PermissionDenied);
            (await bucket.TryGetInfoAsync("target")).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Complete_ErrorDocumentInside200_IsTriedAgain()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.RefuseIn200) { Method = "POST", Target = "?uploadId", Code = "InternalError" });

        await using var writer = bucket.OpenWrite(Key, new PutOptions { PartSizeBytes = 128 * 1024 });
        await writer.WriteAsync(new byte[300_000]);
        var result = await writer.CommitAsync();

        result.Size.ShouldBe(300_000);
        result.Tag.IsEmpty.ShouldBeFalse();
    }

    [Theory]
    [InlineData(403, CloudErrorCode.Unknown)]
    [InlineData(404, CloudErrorCode.Unknown)]
    public async Task Get_WebPageOfAProxy_IsNotTakenForTheStores(int status, CloudErrorCode expected)
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.ProxyPage) { Target = Key, Status = status, Times = 10 });

        (await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key))).Code.ShouldBe(expected);
    }

    [Fact]
    public async Task Get_ProxyCannotReachTheStoreOnce_IsTriedAgain()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await bucket.PutTextAsync(Key, "hello");
        cloud.Faults.Add(new OssFault(OssFaultKind.ProxyPage) { Target = Key, Status = 502 });

        (await bucket.GetTextAsync(Key)).ShouldBe("hello");
    }

    [Fact]
    public async Task TryGetInfo_ErrorInHeaderOfHead_TellsTheCode()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.Refuse) { Method = "HEAD", Status = 403, Code = "UserDisable", Times = 10 });

        var error = await Should.ThrowAsync<CloudException>(() => bucket.TryGetInfoAsync(Key));

        (error.Code, error.ProviderCode, error.Scope).ShouldBe((CloudErrorCode.PermissionDenied, "UserDisable", ErrorScope.Cloud));
    }

    [Fact]
    public async Task SetTier_KeepsHeadersAndMetadata_ThoughACopyOntoItselfReplacesThem()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await bucket.PutTextAsync(Key, "hello", new PutOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["color"] = "grün" }, Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["t"] = "1" } });

        await bucket.GetService<IObjectTiers>()!.SetTierAsync(Key, StorageTier.Infrequent);

        var info = await bucket.GetInfoAsync(Key);
        (info.Tier, info.Metadata["color"]).ShouldBe((StorageTier.Infrequent, "grün"));
        (await bucket.GetService<IObjectTags>()!.GetTagsAsync(Key)).ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["t"] = "1" });
    }

    [Fact]
    public async Task CreateBucket_ThatIsOnesOwn_IsASuccess()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();

        await cloud.Storage.CreateBucketAsync(bucket.Name);

        (await cloud.Storage.TryGetBucketInfoAsync(bucket.Name))!.Region.ShouldBe("cn-hangzhou");
    }

    [Fact]
    public async Task CreateBucket_InAnotherRegion_IsRefusedBeforeAnyRequest()
    {
        await using var cloud = await OssTestCloud.StartAsync();

        (await Should.ThrowAsync<CloudException>(() => cloud.Storage.CreateBucketAsync("media", new CreateBucketOptions { Region = "cn-beijing" }))).Code.ShouldBe(CloudErrorCode.InvalidArgument);

        cloud.Faults.Requests.ShouldBeEmpty();
    }

    private static Dictionary<string, string?> SettingsOf(OssAccount account) => new(StringComparer.Ordinal)
    {
        ["AccessKeyId"] = account.AccessKeyId,
        ["AccessKeySecret"] = account.AccessKeySecret,
        ["SecurityToken"] = account.SecurityToken,
    };
}
