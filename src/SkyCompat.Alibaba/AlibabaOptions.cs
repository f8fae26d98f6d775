namespace SkyCompat.Alibaba;

/// <summary>The settings of a cloud of provider <c>Alibaba</c>: section <c>SkyCompat:Clouds:&lt;name&gt;:Alibaba</c>. The region is the cloud's own <c>Region</c>, such as <c>cn-hangzhou</c>, and required.</summary>
public sealed class AlibabaOptions
{
    /// <summary>Which of OSS's endpoints in the region is used, where <see cref="Endpoint"/> is not set.</summary>
    /// <value>Default: <see cref="OssNetwork.Public"/>.</value>
    public OssNetwork Network { get; set; }

    /// <summary>An endpoint of one's own, an absolute http or https URL without path: a private link, a domain bound to a bucket, a test server.</summary>
    /// <value>Default: null, the endpoint of the region and <see cref="Network"/>. Over plain http to another machine a Content-MD5 that the signature covers keeps bodies unchanged,
    /// but they can be read on the way.</value>
    public string? Endpoint { get; set; }

    /// <summary>Where a request names its bucket.</summary>
    /// <value>Default: <see cref="OssAddressing.Auto"/>.</value>
    public OssAddressing Addressing { get; set; }

    /// <summary>The access key id; set together with <see cref="AccessKeySecret"/>.</summary>
    /// <value>Default: null, the chain: environment, role by OIDC token, profile of the command line, role of the ECS instance.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>The access key secret; set together with <see cref="AccessKeyId"/>. Never logged.</summary>
    public string? AccessKeySecret { get; set; }

    /// <summary>The security token of temporary keys from STS; only together with the two. Never logged.</summary>
    public string? SecurityToken { get; set; }

    /// <summary>The profile of <c>~/.aliyun/config.json</c> to take credentials from; nothing else of the chain is then tried. Not together with keys.</summary>
    /// <value>Default: null, the whole chain, with the file's current profile.</value>
    public string? CredentialProfile { get; set; }

    /// <summary>The endpoint of the Security Token Service, which gives the credentials of roles; an absolute http or https URL without path.</summary>
    /// <value>Default: null, <c>https://sts.&lt;region&gt;.aliyuncs.com</c>, or <c>https://sts-vpc.&lt;region&gt;.aliyuncs.com</c> on the internal network.</value>
    public string? StsEndpoint { get; set; }

    /// <summary>The endpoint of ECS for all regions: an absolute http or https URL without path, such as that of a private link or a test server.</summary>
    /// <value>Default: null, <c>https://ecs.&lt;region&gt;.aliyuncs.com</c>. <see cref="Network"/> is about OSS and does not change it.</value>
    public string? EcsEndpoint { get; set; }

    /// <summary>The endpoint of VPC for all regions, which has the networks and reserved addresses of instances; as <see cref="EcsEndpoint"/>.</summary>
    /// <value>Default: null, <c>https://vpc.&lt;region&gt;.aliyuncs.com</c>.</value>
    public string? VpcEndpoint { get; set; }

    /// <summary>The endpoint of Container Service for Kubernetes (ACK) for all regions; as <see cref="EcsEndpoint"/>.</summary>
    /// <value>Default: null, <c>https://cs.&lt;region&gt;.aliyuncs.com</c>.</value>
    public string? AckEndpoint { get; set; }

    /// <summary>The addresses of pods in clusters that are created, an IPv4 range that overlaps neither <see cref="ServiceRange"/> nor the network's.</summary>
    /// <value>Default: <c>172.20.0.0/16</c>.</value>
    public string PodRange { get; set; } = "172.20.0.0/16";

    /// <summary>The addresses of services in clusters that are created, as <see cref="PodRange"/>.</summary>
    /// <value>Default: <c>172.21.0.0/20</c>.</value>
    public string ServiceRange { get; set; } = "172.21.0.0/20";

    /// <summary>The category of instances' boot disks and of disks: <c>cloud_essd</c>, <c>cloud_auto</c>, <c>cloud_ssd</c> or <c>cloud_efficiency</c>. Only offers that take it are found.</summary>
    /// <value>Default: <c>cloud_essd</c>.</value>
    public string DiskCategory { get; set; } = "cloud_essd";

    /// <summary>How many connections are open to the endpoint at most, 1 to 10,000; further requests wait for one.</summary>
    /// <value>Default: 256.</value>
    public int MaxConnections { get; set; } = 256;

    /// <summary>How long opening a connection may take, from 1 millisecond to 5 minutes.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Network and endpoint, without credentials.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => Endpoint is null ? Network.ToString() : $"{Network} {Endpoint}";
}
