namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>An instance type.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Cores">Virtual processors.</param>
/// <param name="Memory">Memory, in GiB.</param>
/// <param name="Price">Price of an hour on demand.</param>
internal sealed record EcsType(string Id, int Cores, double Memory, decimal Price)
{
    public string Family => Id[..Id.LastIndexOf('.')];

    public string Architecture { get; init; } = "X86";

    public int Gpus { get; init; }

    public string GpuSpec { get; init; } = "";

    public static IReadOnlyList<EcsType> All { get; } =
    [
        new("ecs.t6-c1m1.large", 2, 2, 0.02m),
        new("ecs.c7.large", 2, 4, 0.08m),
        new("ecs.g7.large", 2, 8, 0.1m),
        new("ecs.r7.large", 2, 16, 0.13m),
        new("ecs.c7.xlarge", 4, 8, 0.16m),
        new("ecs.g7.xlarge", 4, 16, 0.2m),
        new("ecs.g7.2xlarge", 8, 32, 0.4m),
        new("ecs.g8y.large", 2, 8, 0.085m) { Architecture = "ARM" },
        new("ecs.g8y.xlarge", 4, 16, 0.17m) { Architecture = "ARM" },
        new("ecs.gn7i-c8g1.2xlarge", 8, 30, 1.3m) { Gpus = 1, GpuSpec = "NVIDIA A10" },
    ];
}
