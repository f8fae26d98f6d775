namespace SkyCompat.Alibaba;

/// <summary>A page of vSwitches.</summary>
internal sealed record VpcSwitchReply
{
    public VSwitchItems? VSwitches { get; init; }

    public double TotalCount { get; init; }

    /// <summary>The list.</summary>
    internal sealed record VSwitchItems
    {
        public List<VpcSwitch>? VSwitch { get; init; }
    }
}
