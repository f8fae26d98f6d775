namespace SkyCompat.Azure;

/// <summary>The settings of a cloud of provider <c>Azure</c>: section <c>SkyCompat:Clouds:&lt;name&gt;:Azure</c>.</summary>
/// <remarks>
/// The account is named by <see cref="ConnectionString"/>, <see cref="BlobServiceUri"/> or <see cref="AccountName"/>. Requests are authorized by the first of these that is set:
/// <see cref="AccountKey"/>, <see cref="SasToken"/>, what the connection string holds, a <c>TokenCredential</c> that is registered as a keyed service under the cloud's name, <see cref="Credential"/>.
/// Compute is there where <see cref="SubscriptionId"/> is set; it always uses an identity, and the cloud's <c>Region</c>. A cloud may have storage, compute or both.
/// </remarks>
public sealed class AzureOptions
{
    /// <summary>The storage account's name, such as <c>acmemedia</c>: 3 to 24 lower-case letters and digits. It names the account to which <see cref="AccountKey"/> belongs where the host of
    /// <see cref="BlobServiceUri"/> does not.</summary>
    /// <value>Default: null, the first label of <see cref="BlobServiceUri"/>, or its first path segment where the host is an IP address or <c>localhost</c>, as with emulators.</value>
    public string? AccountName { get; set; }

    /// <summary>The Blob service's endpoint, an absolute http or https URL without query, such as <c>https://acmemedia.blob.core.windows.net</c> or, on Azurite, <c>http://127.0.0.1:10000/devstoreaccount1</c>.</summary>
    /// <value>Default: null, <c>https://&lt;AccountName&gt;.blob.core.windows.net</c>. Over plain http, account keys stay secret (requests are signed) but bodies, and a SAS, can be read on the way;
    /// Entra ID tokens are never sent over it.</value>
    public string? BlobServiceUri { get; set; }

    /// <summary>A storage connection string, as the portal shows it, instead of the other settings about the account; <c>UseDevelopmentStorage=true</c> is Azurite. Never logged.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>One of the account's two keys, in base64. Never logged.</summary>
    public string? AccountKey { get; set; }

    /// <summary>A shared access signature: the query that follows the question mark, which may lead it. Without the account key, requests cannot be signed for others. Never logged.</summary>
    public string? SasToken { get; set; }

    /// <summary>The checksum that the service checks of each body. The CRC-64 of the whole object is kept in its metadata in either case.</summary>
    /// <value>Default: <see cref="AzureUploadChecksum.Crc64"/>.</value>
    public AzureUploadChecksum UploadChecksum { get; set; }

    /// <summary>Which Entra ID identity is used where there is neither a key nor a SAS. It needs the role Storage Blob Data Contributor, and to sign requests for others Storage Blob Delegator.</summary>
    /// <value>Default: <see cref="AzureCredentialKind.Default"/>.</value>
    public AzureCredentialKind Credential { get; set; }

    /// <summary>The Entra ID tenant, for <see cref="AzureCredentialKind.ClientSecret"/> and <see cref="AzureCredentialKind.WorkloadIdentity"/>, and in the default chain.</summary>
    public string? TenantId { get; set; }

    /// <summary>The client id of the application or user-assigned managed identity.</summary>
    /// <value>Default: null, the system-assigned managed identity, or what the environment says.</value>
    public string? ClientId { get; set; }

    /// <summary>The secret of the application, for <see cref="AzureCredentialKind.ClientSecret"/>. Never logged.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where Entra ID signs in, an absolute https URL, for sovereign clouds.</summary>
    /// <value>Default: null, <c>https://login.microsoftonline.com</c>.</value>
    public string? AuthorityHost { get; set; }

    /// <summary>Whether blob versioning is switched on for the account. It is a setting of the account's management that its data plane neither tells nor changes, so it is said here;
    /// <see cref="ObjectStorage.BucketFeatures.Versions"/> is then declared.</summary>
    /// <value>Default: false.</value>
    public bool VersioningEnabled { get; set; }

    /// <summary>Whether the account has a hierarchical namespace (Data Lake Storage Gen2), which keeps no versions and no tags.</summary>
    /// <value>Default: null, the account is asked once; one that does not tell, because the credentials do not allow it, is taken for flat.</value>
    public bool? HierarchicalNamespace { get; set; }

    /// <summary>The subscription in which instances are made, a UUID.</summary>
    /// <value>Default: null, the cloud has no compute.</value>
    public string? SubscriptionId { get; set; }

    /// <summary>The resource group in which instances are made, with all that they need. It is made at the first launch if it is not there.</summary>
    /// <value>Default: <c>skycompat</c>.</value>
    public string ResourceGroup { get; set; } = "skycompat";

    /// <summary>The endpoint of Azure Resource Manager, an absolute https URL without path, for sovereign clouds; http on this machine only.</summary>
    /// <value>Default: <c>https://management.azure.com</c>.</value>
    public string ResourceManagerEndpoint { get; set; } = "https://management.azure.com";

    /// <summary>Where list prices are asked for, without credentials: an absolute https URL; http on this machine only. Where it cannot be reached, offers have no price.</summary>
    /// <value>Default: <c>https://prices.azure.com/api/retail/prices</c>.</value>
    public string RetailPricesEndpoint { get; set; } = "https://prices.azure.com/api/retail/prices";

    /// <summary>How many connections are open to the endpoint at most, 1 to 10,000; further requests wait for one.</summary>
    /// <value>Default: 256.</value>
    public int MaxConnections { get; set; } = 256;

    /// <summary>How long opening a connection may take, from 1 millisecond to 5 minutes.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Account and endpoint, without credentials.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"{AccountName} {BlobServiceUri}".Trim();
}
