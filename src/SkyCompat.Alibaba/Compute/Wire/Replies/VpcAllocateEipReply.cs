namespace SkyCompat.Alibaba;

/// <summary>The elastic address that was reserved.</summary>
internal sealed record VpcAllocateEipReply
{
    public string AllocationId { get; init; } = "";

    public string EipAddress { get; init; } = "";
}
