using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>The settings of a cloud of provider <c>Aws</c>: section <c>SkyCompat:Clouds:&lt;name&gt;:Aws</c>. The region is the cloud's own <c>Region</c>, such as <c>eu-central-1</c>, and required.</summary>
public sealed class AwsOptions
{
    /// <summary>The access key id, for object storage, compute and clusters alike; set together with <see cref="SecretAccessKey"/>.</summary>
    /// <value>Default: null, the default credential chain of the AWS SDK: environment, shared profile, web identity, container, instance.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret access key; set together with <see cref="AccessKeyId"/>. Never logged.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>The session token of temporary keys; only together with the two. Never logged.</summary>
    public string? SessionToken { get; set; }

    /// <summary>The profile of <c>~/.aws/config</c> and <c>~/.aws/credentials</c> to take credentials from; nothing else of the chain is then tried. Not together with keys.</summary>
    /// <value>Default: null, the whole chain.</value>
    public string? Profile { get; set; }

    /// <summary>An endpoint of one's own for EC2, an absolute http or https URL without path: a private link, a test server. It then serves all regions, which only sign.</summary>
    /// <value>Default: null, the endpoint of each region.</value>
    public string? Endpoint { get; set; }

    /// <summary>An endpoint of one's own for EKS, an absolute http or https URL without path.</summary>
    /// <value>Default: null, the endpoint of the region.</value>
    public string? EksEndpoint { get; set; }

    /// <summary>The ARN of the IAM role that control planes of EKS act as (policy <c>AmazonEKSClusterPolicy</c>); needed to create clusters only.</summary>
    public string? EksClusterRole { get; set; }

    /// <summary>The ARN of the IAM role that nodes act as (policies <c>AmazonEKSWorkerNodePolicy</c>, <c>AmazonEC2ContainerRegistryReadOnly</c>, <c>AmazonEKS_CNI_Policy</c>); needed to create node
    /// pools only.</summary>
    public string? EksNodeRole { get; set; }

    /// <summary>An endpoint of one's own for S3, an absolute http or https URL.</summary>
    /// <value>Default: null, the endpoint of the region.</value>
    public string? S3Endpoint { get; set; }

    /// <summary>Where a request to S3 names its bucket.</summary>
    /// <value>Default: null, in the host's name; test servers mostly want <see cref="S3AddressingStyle.Path"/>.</value>
    public S3AddressingStyle? AddressingStyle { get; set; }

    /// <summary>Whether instances are launched so that they can be hibernated. EC2 wants that decided at the launch: the boot disk is then encrypted, and image, instance type and disk must
    /// suit (the disk holds the memory), or the launch fails.</summary>
    /// <value>Default: false, and compute has no <c>Hibernate</c>.</value>
    public bool Hibernation { get; set; }

    /// <summary>How many connections are open to each service at most, 1 to 10,000; further requests wait for one.</summary>
    /// <value>Default: 256.</value>
    public int MaxConnections { get; set; } = 256;

    /// <summary>How long opening a connection may take, from 1 millisecond to 5 minutes.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The endpoints, without credentials.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"{Endpoint} {S3Endpoint} {EksEndpoint}".Trim();
}
