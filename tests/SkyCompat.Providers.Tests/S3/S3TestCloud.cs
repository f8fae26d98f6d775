using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.S3;

/// <summary>A driver with its services, as <c>AddS3()</c> makes it.</summary>
internal sealed class S3TestCloud : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<string> _buckets = [];

    private S3TestCloud(ServiceProvider services, S3StorageDriver storage)
    {
        _services = services;
        Storage = storage;
    }

    public S3StorageDriver Storage { get; }

    public static S3TestCloud Create(S3TestServer server, TimeProvider? time = null, Action<S3Options>? configure = null)
    {
        var options = new S3Options { Endpoint = server.Endpoint.AbsoluteUri, AccessKeyId = S3TestServer.AccessKeyId, SecretAccessKey = S3TestServer.SecretAccessKey };
        configure?.Invoke(options);
        return Create(server.Profile, options, time);
    }

    /// <summary>A cloud whose requests do not leave the process.</summary>
    public static S3TestCloud Create(Func<HttpRequestMessage, HttpResponseMessage> reply, S3Profile? profile = null, TimeProvider? time = null, string endpoint = "https://store.test") =>
        Create(
            profile ?? S3Profiles.CephTentacle,
            new S3Options { Endpoint = endpoint, AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "wJalrXUtnFEMI" },
            time,
            services => services.AddHttpClient("SkyCompat.S3").ConfigurePrimaryHttpMessageHandler(() => new StubHandler(reply)));

    public static S3TestCloud Create(S3Profile profile, S3Options options, TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        new Builder(services).AddS3();
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        return new S3TestCloud(provider, (S3StorageDriver)S3StorageFactory.Create(CloudProvider.S3, "test", profile, options, "us-east-1", provider));
    }

    public static UploadBody Body(byte[] bytes) => new(new ReadOnlySequence<byte>(bytes));

    public static Checksum? ChecksumOf(BucketCapabilities capabilities, byte[] bytes) => !capabilities.Supports(BucketFeatures.UploadChecksum) ? null
        : capabilities.UploadChecksumAlgorithm == ChecksumAlgorithm.Md5 ? new Checksum(ChecksumAlgorithm.Md5, MD5.HashData(bytes))
        : Crc32C(bytes);

    public static Checksum Crc32C(params byte[][] chunks)
    {
        var crc = uint.MaxValue;
        foreach (var chunk in chunks)
        {
            foreach (var octet in chunk)
            {
                crc = System.Numerics.BitOperations.Crc32C(crc, octet);
            }
        }

        Span<byte> value = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(value, ~crc);
        return new Checksum(ChecksumAlgorithm.Crc32C, value);
    }

    /// <summary>A new bucket, emptied and deleted with the cloud.</summary>
    public async Task<BucketDriver> CreateBucketAsync()
    {
        var name = $"skyc-{Guid.NewGuid():N}"[..20];
        await Storage.CreateBucketAsync(name, new CreateBucketOptions(), default);
        _buckets.Add(name);
        return Storage.OpenBucket(name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _buckets)
        {
            var bucket = Storage.OpenBucket(name);
            foreach (var version in (await bucket.ListVersionsPageAsync(new ListVersionsOptions(), default)).Entries)
            {
                await bucket.DeleteAsync(version.Key, new DeleteOptions { VersionId = version.VersionId }, default);
            }

            await Storage.DeleteBucketAsync(name, default);
        }

        await Storage.DisposeAsync();
        await _services.DisposeAsync();
    }

    private sealed class Builder(IServiceCollection services) : ISkyCompatBuilder
    {
        public IServiceCollection Services => services;
    }

    private sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            var response = reply(request);
            response.RequestMessage = request;
            return response;
        }
    }
}
