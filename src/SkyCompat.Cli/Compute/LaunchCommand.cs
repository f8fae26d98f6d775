namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute launch</c></summary>
internal sealed class LaunchCommand : SkycCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Names the instances; launching again with it gives the same ones. Lower-case letters, digits and hyphens, at most 34.", HelpName = "NAME" };
    private readonly NeedOptions _need;
    private readonly Option<string> _image = new("--image") { Description = "The family of the image.", HelpName = "FAMILY", DefaultValueFactory = _ => "ubuntu-24.04" };
    private readonly Option<int> _count = new("--count") { Description = "How many.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _userData = new("--user-data") { Description = "A file with cloud-config text or a script to run at the start.", HelpName = "FILE" };
    private readonly Option<string?> _sshKey = new("--ssh-key") { Description = "A file with the public key to let in.", HelpName = "FILE" };
    private readonly Option<int[]> _open = new("--open") { Description = "A TCP port to let in from everywhere; may be repeated.", HelpName = "PORT" };
    private readonly Option<bool> _public = new("--public") { Description = "Give each a public address." };
    private readonly Option<int?> _disk = new("--disk") { Description = "The size of the boot disk, in GiB.", HelpName = "GIB" };
    private readonly Option<string[]> _tags = new("--tag") { Description = "A tag, as NAME=VALUE; may be repeated.", HelpName = "NAME=VALUE" };

    public LaunchCommand()
        : base(
            "launch",
            "Launches at the best place that has room, on any cloud, and waits until it runs. Run again after a crash, it goes on.",
            "compute launch web --vcpus 2 --memory 4 --user-data setup.sh --public --open 80",
            "compute launch train --gpus 1 --market spot --market on-demand --jurisdiction EU --ssh-key ~/.ssh/id_ed25519.pub")
    {
        Add(_name);
        _need = new NeedOptions(this);
        foreach (var option in (Option[])[_image, _count, _userData, _sshKey, _open, _public, _disk, _tags])
        {
            Add(option);
        }

        NumberRule.Require(_count, 1);
        NumberRule.Require(_open, 1, 65535);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var launch = new LaunchSpec
        {
            IdempotencyKey = context.Get(_name)!,
            Image = ImageReference.OfFamily(context.Get(_image)!),
            Count = context.Get(_count),
            UserData = await ReadAsync(context, context.Get(_userData), cancellationToken),
            SshPublicKey = (await ReadAsync(context, context.Get(_sshKey), cancellationToken))?.Trim(),
            Inbound = [.. (context.Get(_open) ?? []).Select(port => FirewallRule.Tcp(port))],
            PublicAddress = context.Get(_public),
            BootDiskGiB = context.Get(_disk),
            Tags = (context.Get(_tags) ?? []).Select(ReadTag).ToDictionary(StringComparer.Ordinal),
        };
        context.ConfigureOptions = options => options.Compute.PlacementsPath = Path.Combine(context.Environment.Folder, options.Compute.PlacementsPath);
        var result = await NeedOptions.CheckedAsync(() => context.Placements.LaunchAsync(_need.Read(context, launch), new Progress(context), cancellationToken));
        InstanceText.Print(context, result.Instances);
        return ExitCode.Done;
    }

    private static async Task<string?> ReadAsync(CommandContext context, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return null;
        }

        var full = Path.Combine(context.Environment.Folder, path);
        return File.Exists(full) ? await File.ReadAllTextAsync(full, cancellationToken) : throw new UsageException($"There is no file '{path}'.");
    }

    private static KeyValuePair<string, string> ReadTag(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? KeyValuePair.Create(text[..equals], text[(equals + 1)..]) : throw new UsageException($"--tag '{text}' is not NAME=VALUE.");
    }

    /// <summary>Says each attempt as it comes; the launch itself may take minutes.</summary>
    private sealed class Progress(CommandContext context) : IProgress<PlacementAttempt>
    {
        public void Report(PlacementAttempt value)
        {
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "attempt", ["number"] = value.Number, ["offer"] = value.Offer.ToString(), ["outcome"] = Choice.Name(value.Outcome), ["error"] = value.Message });
            }

            context.Output.Note(value.Outcome switch
            {
                PlacementOutcome.Started => $"{value.Number}. Launching {value.Offer}",
                PlacementOutcome.Succeeded => $"{value.Number}. Runs.",
                PlacementOutcome.NoHeadroom => $"{value.Number}. No room: {value.Offer} ({value.Message})",
                _ => $"{value.Number}. Failed: {value.Message}",
            });
        }
    }
}
