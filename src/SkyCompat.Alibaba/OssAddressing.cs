namespace SkyCompat.Alibaba;

/// <summary>Where a request to OSS names its bucket.</summary>
public enum OssAddressing
{
    /// <summary>In the host's name; in the path where the endpoint is an IP address or <c>localhost</c>, which no name can be put in front of.</summary>
    Auto = 0,

    /// <summary>In the host's name: <c>https://bucket.oss-cn-hangzhou.aliyuncs.com/key</c>. What OSS wants.</summary>
    VirtualHost,

    /// <summary>In the path: <c>http://192.0.2.1/bucket/key</c>. OSS's own endpoints refuse it (SecondLevelDomainForbidden).</summary>
    Path,

    /// <summary>Nowhere, because the endpoint is a domain that is bound to the one bucket (CNAME): <c>https://files.example.com/key</c>.</summary>
    CustomDomain,
}
