using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Key pairs, which each region has its own of.</summary>
internal sealed class EcsKeyPairs(EcsContext context) : KeyPairDriver
{
    public override async Task<KeyPair> ImportAsync(string name, string publicKey, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("ImportKeyPair", region).WithRegion().With("KeyPairName", name).With("PublicKeyBody", publicKey.Trim()).WithTags(tags);
        try
        {
            var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsImportKeyPairReply, cancellationToken).ConfigureAwait(false);
            return new KeyPair(name) { Region = region, Fingerprint = reply.KeyPairFingerPrint, Tags = tags };
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            if (await TryFindAsync(name, region, cancellationToken).ConfigureAwait(false) is { } found && IsSameKey(found.PublicKey, publicKey))
            {
                return Read(found, region);
            }

            throw;
        }
    }

    public override async Task<DriverPage<KeyPair>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var number = NumberedPage.Parse(pageToken);
        var call = RpcCall.Ecs("DescribeKeyPairs", region).WithRegion().With("PageNumber", number).With("PageSize", NumberedPage.Size);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsKeyPairReply, cancellationToken).ConfigureAwait(false);
        return new DriverPage<KeyPair>([.. (reply.KeyPairs?.KeyPair ?? []).Select(pair => Read(pair, region))], NumberedPage.Next(number, reply.TotalCount));
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        try
        {
            await context.Rpc.SendAsync(RpcCall.Ecs("DeleteKeyPairs", region).WithRegion().With("KeyPairNames", new EcsId(region, name).ToJsonArray()), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
        {
            // It is forgotten already.
        }
    }

    private static KeyPair Read(EcsKeyPair pair, string region) => new(pair.KeyPairName) { Region = region, Fingerprint = pair.KeyPairFingerPrint, Tags = EcsTags.Read(pair.Tags) };

    /// <summary>Whether two lines are the same key, whatever their comments.</summary>
    private static bool IsSameKey(string? one, string other) => one is not null && KeyOf(one).SequenceEqual(KeyOf(other), StringComparer.Ordinal);

    private static IEnumerable<string> KeyOf(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2);

    private async Task<EcsKeyPair?> TryFindAsync(string name, string region, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeKeyPairs", region).WithRegion().With("KeyPairName", name).With("IncludePublicKey", "true").With("PageSize", NumberedPage.Size);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsKeyPairReply, cancellationToken).ConfigureAwait(false);
        return reply.KeyPairs?.KeyPair?.Find(pair => pair.KeyPairName == name);
    }
}
