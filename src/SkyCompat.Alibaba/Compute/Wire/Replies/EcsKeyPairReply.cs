namespace SkyCompat.Alibaba;

/// <summary>A page of key pairs.</summary>
internal sealed record EcsKeyPairReply
{
    public KeyPairItems? KeyPairs { get; init; }

    public double TotalCount { get; init; }

    /// <summary>The list.</summary>
    internal sealed record KeyPairItems
    {
        public List<EcsKeyPair>? KeyPair { get; init; }
    }
}
