using System.Collections.Concurrent;
using SkyCompat.Contracts.Reading;

namespace SkyCompat.Contracts;

/// <summary>The providers' descriptions on this machine, read once a process.</summary>
/// <remarks>They are looked for in the folder that <c>SKYCOMPAT_SPECS</c> names, and else in <c>shared/specs</c> beside any folder above the program's own.</remarks>
public static class ContractSpecs
{
    /// <summary>Amazon S3.</summary>
    public const string S3 = "s3-2006-03-01";

    /// <summary>Amazon EC2.</summary>
    public const string Ec2 = "ec2-2016-11-15.trimmed";

    /// <summary>Amazon EKS.</summary>
    public const string Eks = "eks-2017-11-01";

    /// <summary>Amazon STS.</summary>
    public const string AwsSts = "sts-2011-06-15";

    /// <summary>Azure Blob Storage.</summary>
    public const string AzureBlob = "blob-2024-08-04";

    /// <summary>Azure virtual machines.</summary>
    public const string AzureCompute = "compute-2024-03-01";

    /// <summary>Azure disks and snapshots.</summary>
    public const string AzureDisks = "compute-disk-2023-10-02";

    /// <summary>Azure's list of machine sizes with their limits.</summary>
    public const string AzureSkus = "compute-skus-2021-07-01";

    /// <summary>Azure networks.</summary>
    public const string AzureNetwork = "network-2024-01-01";

    /// <summary>Azure Kubernetes Service.</summary>
    public const string AzureContainerService = "containerservice-2024-02-01";

    /// <summary>Azure resource groups and tags.</summary>
    public const string AzureResources = "resources-2024-03-01";

    /// <summary>Azure subscriptions and locations.</summary>
    public const string AzureSubscriptions = "subscriptions-2022-12-01";

    /// <summary>Google Cloud Storage, its JSON interface.</summary>
    public const string GoogleStorage = "storage.v1";

    /// <summary>Google Compute Engine: the document of 2023 and the library of 2026 together.</summary>
    public const string GoogleCompute = "compute.v1";

    /// <summary>Google Kubernetes Engine: the document of 2024 and the library of 2026 together.</summary>
    public const string GoogleContainer = "container.v1";

    /// <summary>Google's signing and tokens for service accounts.</summary>
    public const string GoogleIamCredentials = "iamcredentials.v1";

    /// <summary>Alibaba Object Storage Service.</summary>
    public const string Oss = "oss-2019-05-17";

    /// <summary>Alibaba Elastic Compute Service.</summary>
    public const string Ecs = "ecs-2014-05-26.trimmed";

    /// <summary>Alibaba networks.</summary>
    public const string AlibabaVpc = "vpc-2016-04-28.trimmed";

    /// <summary>Alibaba's temporary credentials.</summary>
    public const string AlibabaSts = "sts-2015-04-01";

    /// <summary>Alibaba Container Service for Kubernetes.</summary>
    public const string AlibabaContainerService = "cs-2015-12-15.trimmed";

    private static readonly Dictionary<string, (string File, string? Other)> Files = new(StringComparer.Ordinal)
    {
        [S3] = ("aws/s3-2006-03-01.service-2.json", null),
        [Ec2] = ("aws/ec2-2016-11-15.trimmed.service-2.json", null),
        [Eks] = ("aws/eks-2017-11-01.service-2.json", null),
        [AwsSts] = ("aws/sts-2011-06-15.service-2.json", null),
        [AzureBlob] = ("azure/blob-2024-08-04.json", null),
        [AzureCompute] = ("azure/compute-2024-03-01.json", null),
        [AzureDisks] = ("azure/compute-disk-2023-10-02.json", null),
        [AzureSkus] = ("azure/compute-skus-2021-07-01.json", null),
        [AzureNetwork] = ("azure/network-2024-01-01.json", null),
        [AzureContainerService] = ("azure/containerservice-2024-02-01.json", null),
        [AzureResources] = ("azure/resources-2024-03-01.json", null),
        [AzureSubscriptions] = ("azure/subscriptions-2022-12-01.json", null),
        [GoogleStorage] = ("google/storage.v1.json", null),
        [GoogleCompute] = ("google/compute.v1.trimmed.json", "google/compute.v1.gapic-trimmed.json"),
        [GoogleContainer] = ("google/container.v1.json", "google/container.v1.gapic-schemas.json"),
        [GoogleIamCredentials] = ("google/iamcredentials.v1.json", null),
        [Oss] = ("alibaba/oss-2019-05-17.json", null),
        [Ecs] = ("alibaba/ecs-2014-05-26.trimmed.json", null),
        [AlibabaVpc] = ("alibaba/vpc-2016-04-28.trimmed.json", null),
        [AlibabaSts] = ("alibaba/sts-2015-04-01.json", null),
        [AlibabaContainerService] = ("alibaba/cs-2015-12-15.trimmed.json", null),
    };

    private static readonly Lazy<string?> LazyRoot = new(Locate);
    private static readonly ConcurrentDictionary<string, Lazy<ApiDescription>> Descriptions = new(StringComparer.Ordinal);

    /// <summary>The names of all descriptions.</summary>
    public static IReadOnlyCollection<string> Names => Files.Keys;

    /// <summary>The folder; null where there is none.</summary>
    public static string? Root => LazyRoot.Value;

    /// <summary>Why nothing can be checked here; null where it can.</summary>
    public static string? UnavailableReason => Root is not null ? null
        : "The providers' API descriptions are not on this machine, so NO REQUEST IS CHECKED against them: set SKYCOMPAT_SPECS to their folder, or put it at ../shared/specs beside the repository.";

    /// <summary>Gives a description. The first call for each reads its file.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="DirectoryNotFoundException">There are no descriptions here: see <see cref="UnavailableReason"/>.</exception>
    public static ApiDescription Get(string name) => Descriptions.GetOrAdd(name, static name => new Lazy<ApiDescription>(() => Load(name))).Value;

    /// <summary>Reads a description that is not among the files.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="document">Its text, in any of the four dialects.</param>
    public static ApiDescription Parse(string name, string document) => SpecReader.Read(name, document);

    /// <summary>The full name of a file among the descriptions.</summary>
    /// <param name="relative">Its name below the folder, with forward slashes.</param>
    public static string PathOf(string relative) => Path.Combine(Root ?? throw new DirectoryNotFoundException(UnavailableReason), relative);

    private static ApiDescription Load(string name)
    {
        var (file, other) = Files[name];
        return SpecReader.Read(name, File.ReadAllText(PathOf(file)), other is null ? null : File.ReadAllText(PathOf(other)));
    }

    private static string? Locate()
    {
        if (Environment.GetEnvironmentVariable("SKYCOMPAT_SPECS") is { Length: > 0 } named)
        {
            return File.Exists(Path.Combine(named, "README.md")) || Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "specs");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
