namespace SkyCompat.Cli.Compute;

/// <summary>What is needed and where it may be: the options of <c>offers</c> and <c>launch</c>.</summary>
internal sealed class NeedOptions
{
    private readonly Option<string[]> _cloud = new("--cloud") { Description = "Look at this cloud only; may be repeated. Default: all that have compute.", HelpName = "CLOUD" };
    private readonly Option<int> _cpus = new("--vcpus") { Description = "The fewest virtual processors.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _memory = new("--memory") { Description = "The least memory, in GiB.", HelpName = "GIB" };
    private readonly Option<int?> _maxCpus = new("--max-vcpus") { Description = "The most virtual processors.", HelpName = "N" };
    private readonly Option<double?> _maxMemory = new("--max-memory") { Description = "The most memory, in GiB.", HelpName = "GIB" };
    private readonly Option<int?> _gpus = new("--gpus") { Description = "How many graphics processors at least.", HelpName = "N" };
    private readonly Option<string?> _gpuModel = new("--gpu-model") { Description = "Part of their model's name, such as A100.", HelpName = "TEXT" };
    private readonly Option<string> _architecture = new("--arch") { Description = "The instruction set.", DefaultValueFactory = _ => Choice.Word(CpuArchitecture.X64) };
    private readonly Option<string[]> _markets = new("--market") { Description = "The market; repeat it for another that will do if the first has nothing.", DefaultValueFactory = _ => [Choice.Word(Market.OnDemand)] };
    private readonly Option<string?> _type = new("--type") { Description = "One exact instance type of a provider.", HelpName = "TYPE" };
    private readonly Option<string[]> _regions = new("--in-region") { Description = "A region that will do, such as eu-*; may be repeated.", HelpName = "REGION" };
    private readonly Option<string[]> _preferred = new("--prefer") { Description = "A region that is liked better, in order; may be repeated.", HelpName = "REGION" };
    private readonly Option<string[]> _jurisdictions = new("--jurisdiction") { Description = "A jurisdiction that will do, such as EU; may be repeated.", HelpName = "NAME" };
    private readonly Option<decimal?> _maxPrice = new("--max-price") { Description = "The highest price of an hour, in US dollars; leaves out what has no price.", HelpName = "USD" };
    private readonly Option<string?> _hours = new("--for") { Description = "How long it will run, to weigh price against moving data.", HelpName = "DURATION" };
    private readonly Option<string?> _data = new("--data") { Description = "Data it will read, as PROVIDER/REGION=GIB, such as Aws/eu-central-1=200.", HelpName = "PLACE=GIB" };

    public NeedOptions(Command command)
    {
        _architecture.AcceptOnlyFromAmong(Choice.Words<CpuArchitecture>());
        _markets.AcceptOnlyFromAmong(Choice.Words<Market>());
        NumberRule.Require(_cpus, 1);
        foreach (var option in (Option[])[_cloud, _cpus, _memory, _maxCpus, _maxMemory, _gpus, _gpuModel, _architecture, _markets, _type, _regions, _preferred, _jurisdictions, _maxPrice, _hours, _data])
        {
            command.Add(option);
        }
    }

    public PlacementRequest Read(CommandContext context, LaunchSpec launch) => new()
    {
        Launch = launch,
        Clouds = context.Get(_cloud) ?? [],
        Regions = context.Get(_regions) ?? [],
        PreferredRegions = context.Get(_preferred) ?? [],
        Jurisdictions = context.Get(_jurisdictions) ?? [],
        MaxHourlyPriceUsd = context.Get(_maxPrice),
        ExpectedRunTime = context.Get(_hours) is { } text ? Age.ParseDuration(text) : TimeSpan.FromHours(1),
        Data = context.Get(_data) is { } data ? ReadData(data) : null,
        Need = new MachineNeed
        {
            MinVCpus = context.Get(_cpus),
            MaxVCpus = context.Get(_maxCpus),
            MinMemoryGiB = context.Get(_memory),
            MaxMemoryGiB = context.Get(_maxMemory),
            Gpu = context.Get(_gpus) is { } gpus ? new GpuNeed(gpus, context.Get(_gpuModel)) : context.Get(_gpuModel) is { } model ? new GpuNeed(1, model) : null,
            Architecture = Choice.Parse<CpuArchitecture>(context.Get(_architecture)!),
            Markets = [.. context.Get(_markets)!.Select(Choice.Parse<Market>)],
            InstanceType = context.Get(_type),
        },
    };

    /// <summary>What the engine refuses as an argument was an option here.</summary>
    public static async Task<T> CheckedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static DataLocation ReadData(string text) =>
        text.Split('=') is [var place, var size] && place.Split('/') is [var provider, var region] && double.TryParse(size, CultureInfo.InvariantCulture, out var gib) && gib >= 0
            ? new DataLocation(new CloudProvider(provider), region, gib)
            : throw new UsageException($"--data '{text}' is not PROVIDER/REGION=GIB, such as Aws/eu-central-1=200.");
}
