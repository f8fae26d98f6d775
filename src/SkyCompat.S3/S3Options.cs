namespace SkyCompat.S3;

/// <summary>The settings of a cloud of provider <c>S3</c>: section <c>SkyCompat:Clouds:&lt;name&gt;:S3</c>.</summary>
public sealed class S3Options
{
    /// <summary>The store's profile, such as <c>MinIO</c> or <c>CloudflareR2</c>: one of <see cref="S3Profiles.All"/>, one added by <c>AddS3Profile</c>, or <c>Custom</c>. Required.</summary>
    public string? Profile { get; set; }

    /// <summary>The endpoint, an absolute http or https URL without query, such as <c>https://s3.example.com</c>. It may have a path, under which the buckets then are.</summary>
    /// <value>Default: null, the profile's own; profiles without one require it. Over plain http, credentials stay secret (requests are signed) but bodies can be read on the way.</value>
    public string? Endpoint { get; set; }

    /// <summary>The region to sign for.</summary>
    /// <value>Default: null, the cloud's <c>Region</c>, then the profile's default.</value>
    public string? Region { get; set; }

    /// <summary>The access key id; set together with <see cref="SecretAccessKey"/>.</summary>
    /// <value>Default: null, the default credential chain of the AWS SDK: environment, shared profile, web identity, container, instance.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret access key; set together with <see cref="AccessKeyId"/>. Never logged.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>The session token of temporary keys; only together with the two. Never logged.</summary>
    public string? SessionToken { get; set; }

    /// <summary>Where a request names its bucket.</summary>
    /// <value>Default: null, as the profile says.</value>
    public S3AddressingStyle? AddressingStyle { get; set; }

    /// <summary>Whether the signature of a request covers the bytes of its body.</summary>
    /// <value>Default: <see cref="S3PayloadSigning.Auto"/>.</value>
    public S3PayloadSigning PayloadSigning { get; set; }

    /// <summary>How many connections are open to the endpoint at most, 1 to 10,000; further requests wait for one.</summary>
    /// <value>Default: 256.</value>
    public int MaxConnections { get; set; } = 256;

    /// <summary>How long opening a connection may take, from 1 millisecond to 5 minutes.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What differs from the profile.</summary>
    /// <value>Default: nothing.</value>
    public S3ProfileOverrides Overrides { get; set; } = new();

    /// <summary>Profile and endpoint, without credentials.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"{Profile} {Endpoint}";
}
