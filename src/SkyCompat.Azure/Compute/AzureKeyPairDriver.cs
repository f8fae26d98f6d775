using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>SSH public keys of the resource group. Azure tells no fingerprint of them.</summary>
internal sealed class AzureKeyPairDriver(ArmClient client, ArmGroups groups) : KeyPairDriver
{
    public override async Task<KeyPair> ImportAsync(string name, string publicKey, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var found = await client.TryGetAsync(PathOf(name), ArmVersions.Compute, cancellationToken).ConfigureAwait(false);
        if (found.Text("id") is not null)
        {
            return KeyOf(found.Text("properties", "publicKey") ?? "") == KeyOf(publicKey)
                ? Read(found)
                : throw new CloudException(CloudErrorCode.AlreadyExists, "Another key has that name.");
        }

        var body = new JsonObject
        {
            ["location"] = Regions.Normalize(region),
            ["tags"] = ArmJson.Write(tags),
            ["properties"] = new JsonObject { ["publicKey"] = publicKey },
        };
        return Read((await groups.PutAsync(PathOf(name), ArmVersions.Compute, region, body, ArmSubject.Resource, cancellationToken).ConfigureAwait(false)).Body);
    }

    public override async Task<DriverPage<KeyPair>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await client.ListPageAsync(client.Scope.All(ArmTypes.SshKey), ArmVersions.Compute, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<KeyPair>([.. page.Items.Where(key => key.IsIn(region)).Select(Read)], page.NextLink);
    }

    public override Task DeleteAsync(string name, string region, CancellationToken cancellationToken) =>
        client.DeleteAsync(PathOf(name), ArmVersions.Compute, cancellationToken);

    private string PathOf(string name) => client.Scope.One(ArmTypes.SshKey, name);

    /// <summary>A key without its comment.</summary>
    private static string KeyOf(string line) => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(2));

    private static KeyPair Read(JsonElement key) => new(key.Text("name") ?? "")
    {
        Region = key.Text("location") is { } region ? Regions.Normalize(region) : null,
        Tags = key.Tags(),
    };
}
