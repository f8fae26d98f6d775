using System.CommandLine.Help;

namespace SkyCompat.Cli;

/// <summary>The tree of commands.</summary>
internal static class SkycRoot
{
    private const string Description =
        """
        skyc: one command line for every cloud's object storage, instances and clusters.

        Names: cloud:bucket/key, @logical/key, a path of this machine, or - for standard input and output. A trailing
        slash or an empty key names a folder: all keys beneath it. Clouds and logical buckets come from ./appsettings.json,
        as in an application; `skyc init` writes one to start from.
        """;

    public static RootCommand Create(CliEnvironment environment)
    {
        var root = new RootCommand(Description);
        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        SkycCommand[] commands =
        [
            new ListCommand(), new StatCommand(), new CatCommand(),
            new CopyCommand(), new PutCommand(), new GetCommand(), new SyncCommand(), new MirrorCommand(),
            new RemoveCommand(), new MakeBucketCommand(), new RemoveBucketCommand(), new PresignCommand(),
            new DiskUsageCommand(), new TreeCommand(), new DiffCommand(), new CheckCommand(),
            new RunCommand(), new ApplyCommand(), new LogsCommand(), new ExecCommand(), new ForwardCommand(),
            new TransferWorkerCommand(), new BenchCommand(), new DoctorCommand(), new CloudsCommand(), new InitCommand(), new CompletionCommand(),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
            foreach (var argument in command.Arguments.Where(argument => command is not CompletionCommand && NameArguments.Is(argument)))
            {
                argument.CompletionSources.Add(context => NameArguments.Complete(context, environment));
            }
        }

        root.Add(new ComputeCommand());
        root.Add(new ClustersCommand());
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            // "/h" is a path here, as it is in every shell but one.
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        }

        return root;
    }
}
