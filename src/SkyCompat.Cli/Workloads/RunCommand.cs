using SkyCompat.Workloads;

namespace SkyCompat.Cli.Workloads;

/// <summary><c>skyc run</c></summary>
internal sealed class RunCommand : SkycCommand
{
    private const double GiB = 1L << 30;

    private readonly Argument<string> _image = new("IMAGE") { Description = "The container image." };
    private readonly Argument<string[]> _arguments = new("ARGUMENT…") { Description = "Arguments of its program, after --.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _name = new("--name") { Description = "The job's name. Default: one of its own.", HelpName = "NAME" };
    private readonly Option<string?> _entrypoint = new("--entrypoint") { Description = "The program to run in place of the image's.", HelpName = "PROGRAM" };
    private readonly Option<string[]> _environment = new("--env") { Description = "An environment variable; may be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _secret = new("--secret") { Description = "A variable of this process to hand over as a secret; may be repeated.", HelpName = "NAME" };
    private readonly Option<string[]> _bucket = new("--bucket") { Description = "A logical bucket that it may use, with settings and credentials; may be repeated.", HelpName = "NAME" };
    private readonly Option<double?> _cpu = new("--cpu") { Description = "Processors to reserve, in cores.", HelpName = "CORES" };
    private readonly Option<double?> _memory = new("--memory") { Description = "Memory to reserve, which is also its limit, in GiB.", HelpName = "GIB" };
    private readonly Option<int> _retries = new("--retries") { Description = "How many failed runs are tried again.", HelpName = "N" };
    private readonly Option<string?> _deadline = new("--deadline") { Description = "How long it may take, such as 2h.", HelpName = "DURATION" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep the job, to be looked at." };
    private readonly ClusterOptions _cluster = new();

    public RunCommand()
        : base(
            "run",
            "Runs a container image as a job on a cluster, prints what it writes and ends with its exit code.",
            "run --cluster prod busybox -- echo hello",
            "run --cluster gcp:prod-1 --bucket media --deadline 2h registry.example.com/shop/reindex:7")
    {
        Add(_image);
        Add(_arguments);
        foreach (var option in (Option[])[_name, _entrypoint, _environment, _secret, _bucket, _cpu, _memory, _retries, _deadline, _keep])
        {
            Add(option);
        }

        NumberRule.Require(_retries, 0);
        _cluster.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => ClusterOptions.CheckedAsync(async () =>
    {
        var workloads = _cluster.Open(context);
        var job = Read(context);
        await workloads.ApplyAsync(job, null, cancellationToken);
        try
        {
            context.Output.Note($"Job {job.Name} in {workloads.Name}");
            var exitCode = await FollowAsync(context, workloads, job.Name, cancellationToken);
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "run", ["name"] = job.Name, ["exitCode"] = exitCode });
            }

            return exitCode;
        }
        finally
        {
            if (!context.Get(_keep))
            {
                // Also when interrupted: what nobody waits for any more should not go on being billed.
                await workloads.DeleteAsync(job.Name, null, CancellationToken.None);
            }
        }
    });

    /// <summary>Prints the lines of each pod as they come, until the job has ended; what keeps it from starting ends that at once.</summary>
    private static async Task<int> FollowAsync(CommandContext context, IWorkloads workloads, string name, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = workloads.WaitAsync(name, null, stop.Token);
        var printing = PrintAsync(context, workloads, name, waiting, stop.Token);
        try
        {
            await waiting;
            await printing;
            return ExitCode.Done;
        }
        catch (CloudException exception) when (exception.Reason is WorkloadErrorReasons.JobFailed)
        {
            await printing;
            if (await ExitCodeAsync(workloads, name, cancellationToken) is { } exitCode)
            {
                return exitCode;
            }

            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await printing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PrintAsync(CommandContext context, IWorkloads workloads, string name, Task waiting, CancellationToken cancellationToken)
    {
        var printed = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            // Asked before the look: a pod that comes after the job has ended does not exist.
            var hasEnded = waiting.IsCompleted;
            var isNew = false;
            await foreach (var pod in workloads.ListPodsAsync(new PodQuery { Workload = name }, cancellationToken))
            {
                if (printed.Add(pod.Name))
                {
                    isNew = true;
                    await foreach (var line in workloads.ReadLogsAsync(pod.Name, new LogOptions { Follow = true }, cancellationToken))
                    {
                        LogsCommand.Print(context, line);
                    }
                }
            }

            if (hasEnded && !isNew)
            {
                return;
            }

            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(200), context.Time, cancellationToken));
        }
    }

    private static async Task<int?> ExitCodeAsync(IWorkloads workloads, string name, CancellationToken cancellationToken)
    {
        var last = await workloads.ListPodsAsync(new PodQuery { Workload = name }, cancellationToken).OrderByDescending(pod => pod.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return last?.Containers.FirstOrDefault(container => !container.IsInit)?.ExitCode;
    }

    private Workload Read(CommandContext context)
    {
        var memory = context.Get(_memory) is { } gib ? (long)(gib * GiB) : (long?)null;
        return new Workload
        {
            Name = context.Get(_name) ?? $"run-{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8]}",
            Kind = WorkloadKind.Job,
            Image = context.Get(_image)!,
            Command = context.Get(_entrypoint) is { } program ? [program] : [],
            Arguments = context.Get(_arguments) ?? [],
            Environment = (context.Get(_environment) ?? []).Select(text => NameValue.Parse("--env", text)).ToDictionary(StringComparer.Ordinal),
            Secrets = (context.Get(_secret) ?? []).ToDictionary(name => name, name => context.Environment.Variable(name) ?? throw new UsageException($"--secret: this process has no variable '{name}'."), StringComparer.Ordinal),
            Buckets = [.. (context.Get(_bucket) ?? []).Select(name => new WorkloadBucket(name))],
            Resources = new WorkloadResources { Cpu = context.Get(_cpu), MemoryBytes = memory, MaxMemoryBytes = memory },
            Job = new JobSettings { Retries = context.Get(_retries), Deadline = context.Get(_deadline) is { } deadline ? Age.ParseDuration(deadline) : null },
        };
    }
}
