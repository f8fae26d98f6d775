using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.S3;

/// <summary>Connections that fail, on the loopback interface.</summary>
public sealed class S3TransportTests
{
    [Fact]
    public async Task Put_NobodyListens_IsUnavailableAndHadNoEffect()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        await using var cloud = CreateCloud($"http://127.0.0.1:{port}");
        var error = await Should.ThrowAsync<CloudException>(() => PutAsync(cloud));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect, error.Scope).ShouldBe((CloudErrorCode.Unavailable, true, false, ErrorScope.Cloud));
        error.Message.ShouldContain($"127.0.0.1:{port}");
    }

    [Fact]
    public async Task Put_UnknownHost_NamesTheHost()
    {
        await using var cloud = CreateCloud("http://no-such-host.invalid");
        var error = await Should.ThrowAsync<CloudException>(() => PutAsync(cloud));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unavailable, true, false));
        error.Message.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task Put_ConnectionBreaksBeforeTheReply_MayHaveTakenEffect()
    {
        await using var server = new Server((stream, _) => Task.CompletedTask);
        await using var cloud = CreateCloud(server.Url);
        var error = await Should.ThrowAsync<CloudException>(() => PutAsync(cloud));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unavailable, true, true));
    }

    [Fact]
    public async Task Get_BodyEndsEarly_IsUnavailable()
    {
        await using var server = new Server((stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Length: 10\r\n\r\nabc"), token).AsTask());
        await using var cloud = CreateCloud(server.Url);
        await using var content = await cloud.Storage.OpenBucket("bucket").GetAsync("key", new GetOptions(), default);
        var error = await Should.ThrowAsync<CloudException>(() => content.ReadBytesAsync());

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unavailable, true, false));
    }

    [Fact]
    public async Task Get_UntrustedCertificate_IsNotTransientAndSaysWhy()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somewhere.else", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var server = new Server(async (stream, token) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
        });
        await using var cloud = CreateCloud(server.Url.Replace("http:", "https:", StringComparison.Ordinal));
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("bucket").GetAsync("key", new GetOptions(), default));

        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Unavailable, false));
        error.Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task Get_CallerCancels_PassesUnwrapped()
    {
        await using var server = new Server((_, token) => Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, token));
        await using var cloud = CreateCloud(server.Url);
        using var source = new CancellationTokenSource();
        var get = cloud.Storage.OpenBucket("bucket").GetAsync("key", new GetOptions(), source.Token);
        await server.Accepted;
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => get);
    }

    [Fact]
    public async Task Get_UnreadLargeBody_IsNotFetched()
    {
        const int Large = 64 << 20;
        var sent = 0L;
        await using var server = new Server(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Large}\r\n\r\n"), token);
            var chunk = new byte[64 << 10];
            for (; sent < Large; sent += chunk.Length)
            {
                await stream.WriteAsync(chunk, token);
            }
        });
        await using var cloud = CreateCloud(server.Url);
        await (await cloud.Storage.OpenBucket("bucket").GetAsync("key", new GetOptions(), default)).DisposeAsync();
        await server.Finished;

        sent.ShouldBeLessThan(Large);
    }

    private static S3TestCloud CreateCloud(string endpoint) =>
        S3TestCloud.Create(S3Profiles.Custom, new S3Options { Endpoint = endpoint, AccessKeyId = "id", SecretAccessKey = "secret" });

    private static Task<PutResult> PutAsync(S3TestCloud cloud) => cloud.Storage.OpenBucket("bucket").PutAsync("key", S3TestCloud.Body([1, 2, 3]), null, new PutOptions(), default);

    /// <summary>Reads one request and does as it is told with its connection.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Server(Func<Stream, CancellationToken, Task> reply)
        {
            _listener.Start();
            Finished = RunAsync(reply);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public Task Accepted => _accepted.Task;

        public Task Finished { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Finished;
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task RunAsync(Func<Stream, CancellationToken, Task> reply)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                _accepted.TrySetResult();
                using var seen = new MemoryStream();
                var buffer = new byte[4096];
                // A TLS hello has no blank line: what replies in TLS reads it itself.
                if (client.Client.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead) && client.Client.Receive(buffer, 0, 1, SocketFlags.Peek) == 1 && buffer[0] != 22)
                {
                    while (!Encoding.ASCII.GetString(seen.GetBuffer(), 0, (int)seen.Length).Contains("\r\n\r\n", StringComparison.Ordinal))
                    {
                        var count = await stream.ReadAsync(buffer, _stop.Token);
                        if (count == 0)
                        {
                            return;
                        }

                        seen.Write(buffer, 0, count);
                    }
                }

                await reply(stream, _stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, which is what some tests are about.
            }
        }
    }
}
