namespace SkyCompat.Alibaba;

/// <summary>A management interface of RPC style.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Template">Where it answers, with <c>{region}</c> for the region.</param>
/// <param name="Setting">The setting that names another place.</param>
internal sealed record RpcService(string Version, string Template, string Setting)
{
    /// <summary>Elastic Compute Service.</summary>
    public static RpcService Ecs { get; } = new("2014-05-26", "https://ecs.{region}.aliyuncs.com", nameof(AlibabaOptions.EcsEndpoint));

    /// <summary>Virtual Private Cloud, elastic addresses included.</summary>
    public static RpcService Vpc { get; } = new("2016-04-28", "https://vpc.{region}.aliyuncs.com", nameof(AlibabaOptions.VpcEndpoint));
}
