using System.Net;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>The endpoint of OSS: gives each bucket its address, and the service itself, which lists buckets, the address of no bucket.</summary>
internal sealed class OssEndpoint : S3Endpoint
{
    private readonly OssAddressing _addressing;

    public OssEndpoint(AlibabaOptions options, string region)
        : base(TemplateOf(options.Network), options.Endpoint, region, S3AddressingStyle.VirtualHost)
    {
        _addressing = options.Addressing != OssAddressing.Auto ? options.Addressing
            : IPAddress.TryParse(Uri.Host.Trim('[', ']'), out _) || Uri.Host == "localhost" ? OssAddressing.Path
            : OssAddressing.VirtualHost;
    }

    /// <summary>The address of a bucket, or, for an empty name, of the service.</summary>
    public override S3Address AddressOf(string bucket, string region)
    {
        var uri = UriFor(region);
        if (bucket.Length == 0)
        {
            return new S3Address(region, uri.Authority, $"{uri.Scheme}://{uri.Authority}", "/", "/");
        }

        if (_addressing == OssAddressing.Path)
        {
            // The signature of a request about the bucket has the slash too.
            return new S3Address(region, uri.Authority, $"{uri.Scheme}://{uri.Authority}", $"/{bucket}/", $"/{bucket}/");
        }

        var host = _addressing == OssAddressing.CustomDomain ? uri.Authority : $"{bucket}.{uri.Authority}";
        return new S3Address(region, host, $"{uri.Scheme}://{host}", "/", "/") { SignedPrefix = $"/{bucket}" };
    }

    private static string TemplateOf(OssNetwork network) => network switch
    {
        OssNetwork.Internal => "https://oss-{region}-internal.aliyuncs.com",
        OssNetwork.Accelerate => "https://oss-accelerate.aliyuncs.com",
        OssNetwork.AccelerateOverseas => "https://oss-accelerate-overseas.aliyuncs.com",
        _ => "https://oss-{region}.aliyuncs.com",
    };
}
