using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Emulators.AlibabaOss;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>The bucket in the host's name, as at OSS's own endpoints: whatever the name, the connection goes to the emulator.</summary>
public sealed class OssAddressingTests
{
    [Fact]
    public async Task VirtualHost_EveryKindOfRequest_IsSignedForTheBucket()
    {
        await using var cloud = await StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Endpoint"] = "http://oss-cn-hangzhou.aliyuncs.com" });
        var bucket = await cloud.CreateBucketAsync();

        await bucket.PutTextAsync("a/b c+d", "hello");
        await bucket.CopyAsync("a/b c+d", "copy");
        var signed = await bucket.SignAsync("a/b c+d");

        (await bucket.GetTextAsync("copy")).ShouldBe("hello");
        (await bucket.ListPageAsync(new ListOptions { Prefix = "a/" })).Entries.ShouldHaveSingleItem().Key.ShouldBe("a/b c+d");
        (await cloud.Storage.ListBucketsPageAsync()).Buckets.ShouldHaveSingleItem().Name.ShouldBe(bucket.Name);
        signed.Url.Host.ShouldBe($"{bucket.Name}.oss-cn-hangzhou.aliyuncs.com");
        using var http = new HttpMessageInvoker(Connected(cloud.Emulator));
        using var reply = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, signed.Url), default);
        (await reply.Content.ReadAsStringAsync()).ShouldBe("hello");
    }

    [Fact]
    public async Task Http_ToAnotherMachine_SendsAnMd5ThatTheSignatureCovers()
    {
        await using var cloud = await StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Endpoint"] = "http://oss-cn-hangzhou.aliyuncs.com" });
        var bucket = await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.ChangeRequest) { Method = "PUT", Target = "/key" });

        var error = await Should.ThrowAsync<CloudException>(() => bucket.PutTextAsync("key", "hello"));

        (error.Code, error.ProviderCode, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.DataCorrupted, "InvalidDigest", false));
        (await bucket.TryGetInfoAsync("key")).ShouldBeNull();
    }

    private static async Task<OssTestCloud> StartAsync(Dictionary<string, string?> settings)
    {
        OssTestCloud? cloud = null;
        cloud = await OssTestCloud.StartAsync(
            settings,
            services => services.AddHttpClient("SkyCompat.Alibaba").ConfigurePrimaryHttpMessageHandler(() => Connected(cloud!.Emulator)),
            new OssEmulatorOptions { VirtualHosts = true });
        return cloud;
    }

    private static SocketsHttpHandler Connected(OssEmulator emulator) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, emulator.Endpoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
