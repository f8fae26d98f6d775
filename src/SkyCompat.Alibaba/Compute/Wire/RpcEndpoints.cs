namespace SkyCompat.Alibaba;

/// <summary>Where the interfaces answer: as configured, for all regions alike, else at the region's own host.</summary>
internal sealed class RpcEndpoints(AlibabaOptions options)
{
    private readonly Uri? _ecs = options.EcsEndpoint is { } ecs ? new Uri(ecs) : null;
    private readonly Uri? _vpc = options.VpcEndpoint is { } vpc ? new Uri(vpc) : null;

    /// <summary>The place of a service in a region.</summary>
    public Uri Of(RpcService service, string region) =>
        (ReferenceEquals(service, RpcService.Ecs) ? _ecs : _vpc) ?? new Uri(service.Template.Replace("{region}", region, StringComparison.Ordinal));
}
