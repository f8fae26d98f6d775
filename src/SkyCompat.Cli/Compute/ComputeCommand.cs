namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute</c>: the commands about instances.</summary>
internal sealed class ComputeCommand : Command
{
    public ComputeCommand()
        : base("compute", "Instances on any cloud: finds offers, launches at the best place, lists, stops, removes.")
    {
        SkycCommand[] commands =
        [
            new OffersCommand(), new LaunchCommand(), new InstancesCommand(), new SshConfigCommand(), new ConsoleCommand(),
            new StartCommand(), new StopCommand(), new TerminateCommand(), new SweepCommand(),
        ];
        foreach (var command in commands)
        {
            Add(command);
        }
    }
}
