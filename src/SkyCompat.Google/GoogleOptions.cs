namespace SkyCompat.Google;

/// <summary>The settings of a cloud of provider <c>Google</c>: section <c>SkyCompat:Clouds:&lt;name&gt;:Google</c>.</summary>
/// <remarks>At most one of <see cref="CredentialsFile"/>, <see cref="CredentialsJson"/>, <see cref="AccessToken"/> and <see cref="Anonymous"/> is set. Without any, application default credentials
/// are used: the file that GOOGLE_APPLICATION_CREDENTIALS names, those of gcloud, or the service account of the machine, each also as workload identity.</remarks>
public sealed class GoogleOptions
{
    /// <summary>The project that buckets are made and listed in, and whose instances and clusters compute and clusters are about. Without it the cloud has neither.</summary>
    /// <value>Default: null; for buckets the project of the service account whose key is used; objects need none.</value>
    public string? ProjectId { get; set; }

    /// <summary>The store's URL, absolute, http or https, without query: for an emulator, or a private endpoint. A token is never sent over plain http to another machine.</summary>
    /// <value>Default: null, <c>https://storage.googleapis.com</c>.</value>
    public string? Endpoint { get; set; }

    /// <summary>The path of a credentials file: the key of a service account, workload identity federation (<c>external_account</c>), impersonation, or a user of gcloud.</summary>
    /// <value>Default: null.</value>
    public string? CredentialsFile { get; set; }

    /// <summary>What such a file holds, for configuration that comes from a store of secrets. Never logged.</summary>
    /// <value>Default: null.</value>
    public string? CredentialsJson { get; set; }

    /// <summary>An OAuth 2.0 access token that somebody else made. It is not renewed, so that it lasts an hour at most. Never logged.</summary>
    /// <value>Default: null.</value>
    public string? AccessToken { get; set; }

    /// <summary>Whether requests carry no credentials, for public buckets and emulators.</summary>
    /// <value>Default: false.</value>
    public bool Anonymous { get; set; }

    /// <summary>The service account that signs URLs through IAM where the credentials hold no private key.</summary>
    /// <value>Default: null, the service account of the credentials, if they are of one.</value>
    public string? SignerEmail { get; set; }

    /// <summary>The URL of the IAM Service Account Credentials API, which signs for <see cref="SignerEmail"/>.</summary>
    /// <value>Default: null, <c>https://iamcredentials.googleapis.com</c>.</value>
    public string? IamEndpoint { get; set; }

    /// <summary>The URL of Compute Engine, absolute, http or https, without query: for a private endpoint or a test server. A token is never sent over plain http to another machine.</summary>
    /// <value>Default: null, <c>https://compute.googleapis.com</c>.</value>
    public string? ComputeEndpoint { get; set; }

    /// <summary>The URL of Google Kubernetes Engine, absolute, http or https, without query: for a private endpoint or a test server. A token is never sent over plain http to another machine.</summary>
    /// <value>Default: null, <c>https://container.googleapis.com</c>.</value>
    public string? ContainerEndpoint { get; set; }

    /// <summary>Where clusters are: a zone, for clusters whose control plane and nodes are in that zone alone, or a region, for clusters that survive the loss of a zone.</summary>
    /// <value>Default: null, the cloud's <c>Region</c>.</value>
    public string? ClusterLocation { get; set; }

    /// <summary>How many connections are open to the endpoint at most, 1 to 10,000; further requests wait for one.</summary>
    /// <value>Default: 256.</value>
    public int MaxConnections { get; set; } = 256;

    /// <summary>How long opening a connection may take, from 1 millisecond to 5 minutes.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Project and endpoint, without credentials.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"{ProjectId} {Endpoint}".Trim();
}
