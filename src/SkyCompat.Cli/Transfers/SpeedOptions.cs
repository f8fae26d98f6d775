namespace SkyCompat.Cli.Transfers;

/// <summary>The options that say how much of the machine and the network is used.</summary>
internal sealed class SpeedOptions
{
    private readonly Option<int?> _concurrency = new("--concurrency") { Description = "The most objects and parts in flight at a time, 1 to 1024; below it the number follows the measured rate.", HelpName = "N" };
    private readonly Option<string?> _bandwidth = new("--bandwidth") { Description = "Read at most this much per second, such as 10MB/s.", HelpName = "RATE" };

    public SpeedOptions() => NumberRule.Require(_concurrency, 1, 1024);

    public void AddTo(Command command)
    {
        command.Add(_concurrency);
        command.Add(_bandwidth);
    }

    public TransferOptions Read(CommandContext context, TransferOptions options) => options with
    {
        MaxConcurrency = context.Get(_concurrency),
        MaxBytesPerSecond = context.Get(_bandwidth) is { } rate ? ByteSize.ParseRate(rate) : null,
    };
}
