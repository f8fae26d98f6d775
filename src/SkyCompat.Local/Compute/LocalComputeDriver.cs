using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Local;

/// <summary>Instances on this machine. Each has a folder; any process of this user that knows the root sees them all, so that they outlive the process that made them.</summary>
internal sealed class LocalComputeDriver(string root, LocalComputeOptions options, TimeProvider time, IReadOnlyList<MachineRunner> runners) : ComputeDriver
{
    private const int MaxConsoleBytes = 64 * 1024;

    private readonly string _root = Path.GetFullPath(Path.Combine(root, "compute"));

    public override CloudProvider Provider => CloudProvider.Local;

    public override string Region => "local";

    public override TimeSpan PollInterval => TimeSpan.FromMilliseconds(50);

    public override TimeSpan VisibilityGrace => TimeSpan.FromSeconds(5) + options.StopGrace;

    public override IReadOnlyCollection<string> ImageFamilies { get; } = [.. runners.SelectMany(runner => runner.Families).Distinct(StringComparer.OrdinalIgnoreCase)];

    public override ComputeCapabilities Capabilities { get; } = new()
    {
        Features = ComputeFeatures.UserData | ComputeFeatures.PublicAddress | ComputeFeatures.ConsoleOutput | ComputeFeatures.QuotaProbe
            | (runners.Any(runner => runner.IsOffered && runner.TakesSshKeys) ? ComputeFeatures.SshKeys : ComputeFeatures.None),
        MaxUserDataBytes = 1024 * 1024,
        MaxTags = 1000,
    };

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var here = query.Regions.Contains(Region, StringComparer.OrdinalIgnoreCase);
        var offers = here ? runners.Where(runner => runner.IsOffered).SelectMany(runner => LocalShapes.Of(runner.Kind)) : [];
        return Task.FromResult(new DriverPage<Offer>([.. offers.Select(item => new Offer
        {
            Location = new CloudLocation(Region),
            InstanceType = item.Type,
            Family = item.Type.Split('.')[0],
            Market = Market.OnDemand,
            Shape = item.Shape,
            HourlyPriceUsd = 0,
            PricedAt = time.GetUtcNow(),
        })]));
    }

    public override Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Room(count) is { } detail ? new Headroom(HeadroomAnswer.No) { Code = CloudErrorCode.QuotaExceeded, Scope = ErrorScope.Cloud, Detail = detail } : Headroom.Yes);

    /// <summary>A family of any kind of machine: which kind it is to be is known at the launch.</summary>
    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken)
    {
        var name = architecture == LocalShapes.Architecture ? ImageFamilies.FirstOrDefault(family => string.Equals(family, image.ToString(), StringComparison.OrdinalIgnoreCase)) : null;
        return Task.FromResult(name is null
            ? null
            : new MachineImage(name) { Family = image.Family, Name = System.Runtime.InteropServices.RuntimeInformation.OSDescription, Architecture = architecture });
    }

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) => Guard(() =>
    {
        var name = request.Names[0];
        var runner = RunnerOf(request.Offer.InstanceType);
        using var held = MachineFolder.Lock(_root, name);
        var folder = FolderOf(name);
        var before = folder.Load();
        if (before is { Wanted: not WantedState.Gone })
        {
            return new LaunchReceipt([name]);
        }

        if (before?.Process?.IsAlive() == true)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"An instance '{name}' is still ending.") { Reason = ComputeErrorReasons.WrongState, IsTransient = true };
        }

        Check(request, runner);
        if (Room(1) is { } detail)
        {
            throw new CloudException(CloudErrorCode.QuotaExceeded, $"{detail} Terminate some, or raise Local:Compute:MaxInstances.") { Scope = ErrorScope.Cloud, IsTransient = false };
        }

        // What a launch or an end that was cut off left: no disk of another instance may be found.
        folder.Delete();
        var machine = runner.Prepare(new LocalMachine { Name = name, InstanceType = request.Offer.InstanceType, Tags = request.Tags, CreatedAt = time.GetUtcNow() }, request, folder);
        folder.Save(machine);
        try
        {
            Advance(machine, folder);
        }
        catch (CloudException)
        {
            folder.Delete();
            throw;
        }

        return new LaunchReceipt([name]);
    });

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => Guard(() => IsName(id) ? Look(FolderOf(id)) : null);

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken) => Guard(() =>
    {
        var machines = query.Regions.Contains(Region, StringComparer.OrdinalIgnoreCase) ? Folders().Select(Look).OfType<Instance>() : [];
        return new DriverPage<Instance>([.. machines]);
    });

    public override Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken) => Guard<string?>(() =>
    {
        var machine = IsName(id) ? FolderOf(id).Load() : null;
        if (machine is null)
        {
            throw new CloudException(CloudErrorCode.NotFound, $"There is no instance '{id}' on this machine.") { Reason = ComputeErrorReasons.InstanceNotFound };
        }

        using var held = MachineFolder.Lock(_root, id);
        var folder = FolderOf(id);
        machine = folder.Load() ?? machine;
        var alive = machine.Process?.IsAlive() == true;
        if (machine.Wanted == WantedState.Gone && action != InstanceAction.Terminate)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"Instance '{id}' is being terminated.") { Reason = ComputeErrorReasons.WrongState, IsTransient = false };
        }

        machine = action switch
        {
            InstanceAction.Start when machine.Wanted == WantedState.Stopped && alive => throw new CloudException(CloudErrorCode.Conflict, $"Instance '{id}' is still stopping.")
            {
                Reason = ComputeErrorReasons.WrongState,
                IsTransient = true,
            },
            InstanceAction.Start => machine with { Wanted = WantedState.Running, Process = alive ? machine.Process : null, StopAskedAt = null },
            InstanceAction.Stop => Stopping(machine, folder, WantedState.Stopped, alive),
            InstanceAction.Terminate => Stopping(machine, folder, WantedState.Gone, alive),
            InstanceAction.Reboot when machine.Wanted != WantedState.Running || !alive => throw new CloudException(CloudErrorCode.Conflict, $"Instance '{id}' does not run; start it.") { Reason = ComputeErrorReasons.WrongState, IsTransient = false },
            InstanceAction.Reboot => Stopping(machine, folder, WantedState.Running, alive) with { StartsAgain = true },
            _ => throw new CloudException(CloudErrorCode.Unsupported, $"Instances of this machine cannot {action}."),
        };
        folder.Save(machine);
        Advance(machine, folder);
        return null;
    });

    public override Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken) => Guard(() =>
    {
        // By looking, as everybody else learns that it is gone: what ended a moment ago may still have its folder.
        var folder = FolderOf(id);
        if (!IsName(id) || Look(folder) is null or { Phase: InstancePhase.Gone })
        {
            throw new CloudException(CloudErrorCode.NotFound, $"There is no instance '{id}' on this machine.") { Reason = ComputeErrorReasons.InstanceNotFound };
        }

        if (!File.Exists(folder.ConsolePath))
        {
            return "";
        }

        using var file = new FileStream(folder.ConsolePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, MaxConsoleBytes), SeekOrigin.End);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    });

    private static bool IsName(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private MachineFolder FolderOf(string name) => new(Path.Combine(_root, "instances", name));

    private IEnumerable<MachineFolder> Folders()
    {
        var instances = Path.Combine(_root, "instances");
        return Directory.Exists(instances) ? Directory.EnumerateDirectories(instances).Order(StringComparer.Ordinal).Select(path => new MachineFolder(path)) : [];
    }

    private MachineRunner RunnerOf(string type) => runners.FirstOrDefault(runner => type.StartsWith(runner.Kind + ".", StringComparison.Ordinal))
        ?? throw new CloudException(CloudErrorCode.Unsupported, $"This machine has no instance type '{type}'.");

    private static void Check(LaunchRequest request, MachineRunner runner)
    {
        if (!runner.Families.Contains(request.Image.Id, StringComparer.OrdinalIgnoreCase))
        {
            throw new CloudException(CloudErrorCode.NotFound, $"Instances of kind '{runner.Kind}' have no image '{request.Image.Id}', only: {string.Join(", ", runner.Families)}.")
            {
                Reason = ComputeErrorReasons.ImageNotFound,
                Resource = request.Image.Id,
            };
        }

        if (request.Spec.UserData is { } userData && runner.RefuseUserData(userData) is { } why)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"The user data does not fit: {why}.");
        }

        if (request.Spec.SshPublicKey is not null && !runner.TakesSshKeys)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Instances of kind '{runner.Kind}' take no SSH key.");
        }
    }

    private string? Room(int count)
    {
        var there = Folders().Count(folder => folder.Load() is { Wanted: not WantedState.Gone });
        return there + count > options.MaxInstances ? $"This machine has {there} of at most {options.MaxInstances} instances, so that {count} more do not fit." : null;
    }

    private LocalMachine Stopping(LocalMachine machine, MachineFolder folder, WantedState wanted, bool alive)
    {
        if (alive && (machine.StopAskedAt is null || machine.Wanted == WantedState.Running))
        {
            RunnerOf(machine.InstanceType).AskToStop(machine.Process!, folder);
        }

        return machine with { Wanted = wanted, StopAskedAt = machine.StopAskedAt ?? time.GetUtcNow(), StartsAgain = false };
    }

    /// <summary>Looks at a machine, and does what a process that ended before had left undone.</summary>
    private Instance? Look(MachineFolder folder)
    {
        if (folder.Load() is not { } machine)
        {
            return null;
        }

        if (IsDue(machine))
        {
            using var held = MachineFolder.Lock(_root, folder.Name);
            machine = folder.Load() is { } current ? Advance(current, folder) : null;
        }

        return machine is null ? null : Describe(machine);
    }

    private bool IsDue(LocalMachine machine)
    {
        var alive = machine.Process?.IsAlive() == true;
        return machine.Wanted switch
        {
            WantedState.Running => machine.Process is null || (machine.StartsAgain && !alive) || (machine.StartsAgain && Overdue(machine)),
            WantedState.Stopped => alive && Overdue(machine),
            _ => !alive || Overdue(machine),
        };
    }

    private bool Overdue(LocalMachine machine) => time.GetUtcNow() - machine.StopAskedAt > options.StopGrace + TimeSpan.FromSeconds(2);

    /// <summary>Brings a machine as near to what is wanted as it goes at once.</summary>
    private LocalMachine? Advance(LocalMachine machine, MachineFolder folder)
    {
        var alive = machine.Process?.IsAlive() == true;
        if (alive && machine.StopAskedAt is not null && Overdue(machine))
        {
            // The supervisor was killed, or ended before the rest.
            ProcessSignals.EndGroup(machine.Process!.Pid);
            return machine;
        }

        if (!alive && machine.Wanted == WantedState.Gone)
        {
            folder.Delete();
            return null;
        }

        if (!alive && machine.Wanted == WantedState.Running && (machine.Process is null || machine.StartsAgain))
        {
            machine = Started(machine, folder);
            folder.Save(machine);
        }

        return machine;
    }

    /// <summary>A machine that cannot be started is one that is stopped, or every look at all of them would fail until it is removed.</summary>
    private LocalMachine Started(LocalMachine machine, MachineFolder folder)
    {
        try
        {
            var shape = LocalShapes.Parse(machine.InstanceType)!;
            return RunnerOf(machine.InstanceType).Start(machine, shape, folder) with { Boots = machine.Boots + 1, StopAskedAt = null, StartsAgain = false };
        }
        catch (CloudException)
        {
            folder.Save(machine with { Wanted = WantedState.Stopped, StopAskedAt = null, StartsAgain = false });
            throw;
        }
    }

    /// <summary>The tags, and where a virtual machine can be reached.</summary>
    private static IReadOnlyDictionary<string, string> TagsOf(LocalMachine machine) => machine.Vm is not { } hardware
        ? machine.Tags
        : new Dictionary<string, string>(machine.Tags, StringComparer.Ordinal) { [ComputeTags.Port] = hardware.Port.ToString(CultureInfo.InvariantCulture) };

    private Instance Describe(LocalMachine machine)
    {
        var alive = machine.Process?.IsAlive() == true;
        var (phase, raw) = (machine.Wanted, alive) switch
        {
            (WantedState.Running, true) when machine.StartsAgain => (InstancePhase.Rebooting, "rebooting"),
            (WantedState.Running, true) => (InstancePhase.Running, "running"),
            (WantedState.Running, false) when machine.Process is null => (InstancePhase.Provisioning, "starting"),
            (WantedState.Running, false) => (InstancePhase.Stopped, "ended"),
            (WantedState.Stopped, true) => (InstancePhase.Stopping, "stopping"),
            (WantedState.Stopped, false) => (InstancePhase.Stopped, "stopped"),
            (_, true) => (InstancePhase.Deleting, "ending"),
            _ => (InstancePhase.Gone, "gone"),
        };
        return new Instance
        {
            Id = machine.Name,
            Name = machine.Name,
            Location = new CloudLocation(Region),
            Phase = phase,
            RawState = raw,
            StateReason = raw == "ended" ? "Its processes ended without being asked to." : null,
            InstanceType = machine.InstanceType,
            PrivateAddresses = ["127.0.0.1"],
            PublicAddresses = ["127.0.0.1"],
            Tags = TagsOf(machine),
            CreatedAt = machine.CreatedAt,
        };
    }

    private Task<T> Guard<T>(Func<T> run)
    {
        try
        {
            return Task.FromResult(run());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(exception, _root);
        }
    }
}
