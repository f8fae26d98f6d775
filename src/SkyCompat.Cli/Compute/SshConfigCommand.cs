namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute ssh-config</c></summary>
internal sealed class SshConfigCommand : SkycCommand
{
    private readonly Argument<string[]> _clouds = InstanceArguments.Clouds();
    private readonly Option<string?> _user = new("--ssh-user") { Description = "The user to log in as; default: skycompat on Azure and Google, the image's own elsewhere.", HelpName = "USER" };
    private readonly Option<string?> _key = new("--identity") { Description = "The private key to log in with.", HelpName = "FILE" };

    public SshConfigCommand()
        : base("ssh-config", "Prints an OpenSSH configuration with a host for every running instance that has a public address.", "compute ssh-config >> ~/.ssh/config", "compute ssh-config aws --ssh-user admin --identity ~/.ssh/id_ed25519")
    {
        Add(_clouds);
        Add(_user);
        Add(_key);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (instances, failed) = await InstanceArguments.ListAsync(context, context.Get(_clouds), all: false, cancellationToken);
        foreach (var instance in instances.Where(instance => instance is { Phase: InstancePhase.Running, PublicAddresses.Count: > 0 }))
        {
            var provider = context.Sky.GetCloud(instance.Cloud).Provider;
            var user = context.Get(_user) ?? (provider == CloudProvider.Azure || provider == CloudProvider.Google ? "skycompat" : null);
            context.Output.Line($"Host {instance.Cloud}-{instance.Name ?? instance.Id}");
            context.Output.Line($"  HostName {instance.PublicAddresses[0]}");
            if (user is not null)
            {
                context.Output.Line($"  User {user}");
            }

            if (context.Get(_key) is { } key)
            {
                context.Output.Line($"  IdentityFile {key}");
            }
        }

        return failed ? ExitCode.Failed : ExitCode.Done;
    }
}
