using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using KeyPair = SkyCompat.Compute.KeyPair;

namespace SkyCompat.Aws;

/// <summary>Key pairs; EC2 takes RSA and ED25519 keys.</summary>
internal sealed class Ec2KeyPairs(Ec2Calls calls) : KeyPairDriver
{
    public override async Task<KeyPair> ImportAsync(string name, string publicKey, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var request = new ImportKeyPairRequest
        {
            KeyName = name,
            PublicKeyMaterial = Convert.ToBase64String(Encoding.UTF8.GetBytes(publicKey.Trim())),
            TagSpecifications = [Ec2Tags.Of(ResourceType.KeyPair, tags, name: null)],
        };
        var reply = await calls.TrySendAsync(region, Ec2Intent.Write, client => client.ImportKeyPairAsync(request, cancellationToken), ["InvalidKeyPair.Duplicate"], cancellationToken).ConfigureAwait(false);
        if (reply is not null)
        {
            return new KeyPair(name) { Region = region, Fingerprint = reply.KeyFingerprint, Tags = Ec2Tags.ToDictionary(reply.Tags ?? request.TagSpecifications[0].Tags) };
        }

        var known = new DescribeKeyPairsRequest { KeyNames = [name], IncludePublicKey = true };
        var found = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeKeyPairsAsync(known, cancellationToken), cancellationToken).ConfigureAwait(false);
        return found.KeyPairs is [var pair, ..] && IsSame(pair.PublicKey, publicKey)
            ? Map(pair, region)
            : throw new CloudException(CloudErrorCode.AlreadyExists, $"The key pair '{name}' holds another key: choose another name, or delete it first.") { ProviderCode = "InvalidKeyPair.Duplicate" };
    }

    public override async Task<DriverPage<KeyPair>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeKeyPairsAsync(new DescribeKeyPairsRequest(), cancellationToken), cancellationToken).ConfigureAwait(false);
        return new DriverPage<KeyPair>([.. (reply.KeyPairs ?? []).Select(pair => Map(pair, region))]);
    }

    public override Task DeleteAsync(string name, string region, CancellationToken cancellationToken) => calls.TrySendAsync(
        region, Ec2Intent.Write, client => client.DeleteKeyPairAsync(new DeleteKeyPairRequest(name), cancellationToken), ["InvalidKeyPair.NotFound"], cancellationToken);

    private static KeyPair Map(KeyPairInfo pair, string region) =>
        new(pair.KeyName) { Region = region, Fingerprint = string.IsNullOrEmpty(pair.KeyFingerprint) ? null : pair.KeyFingerprint, Tags = Ec2Tags.ToDictionary(pair.Tags) };

    /// <summary>Kind and key; EC2 writes a comment of its own behind.</summary>
    private static bool IsSame(string? left, string right) =>
        left?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var kind, var key, ..]
        && right.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var otherKind, var otherKey, ..]
        && kind == otherKind && key.Trim() == otherKey.Trim();
}
