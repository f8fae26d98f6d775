using System.Text;

namespace SkyCompat.Workloads;

/// <summary>What can be known to be wrong before any request.</summary>
internal static class WorkloadChecks
{
    private const int MaxNameLength = 52; // A cron job adds eleven characters for its jobs, whose names have 63.
    private const int MaxLabelLength = 63;
    private const int MaxObjectNameLength = 253;
    private const int MaxFilesBytes = 1_000_000;
    private const int MaxReplicas = 10_000;
    private const int MaxPort = 65_535;
    private const int MaxPageSize = 5_000;
    private const long MiB = 1 << 20;

    private static readonly string[] Macros = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@midnight", "@annually"];

    public static void CheckName(string name, string parameter) => CheckLabel(name, parameter, MaxNameLength, mustStartWithLetter: true);

    public static void CheckNamespace(string name, string parameter) => CheckLabel(name, parameter, MaxLabelLength, mustStartWithLetter: false);

    /// <summary>Pods, and other objects that this library did not name.</summary>
    public static void CheckPodName(string pod)
    {
        ArgumentException.ThrowIfNullOrEmpty(pod);
        if (pod.Length > MaxObjectNameLength || !pod.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') || pod[0] is '-' or '.' || pod[^1] is '-' or '.')
        {
            throw new ArgumentException($"'{pod}' is not a name of a cluster: use 1 to {MaxObjectNameLength} lower-case letters, digits, hyphens and dots.", nameof(pod));
        }
    }

    public static void CheckPort(int port, string parameter)
    {
        if (port is < 1 or > MaxPort)
        {
            throw new ArgumentOutOfRangeException(parameter, port, $"A port is from 1 to {MaxPort}.");
        }
    }

    public static void CheckCommand(IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Count == 0 || string.IsNullOrEmpty(command[0]))
        {
            throw new ArgumentException("The program is missing.", nameof(command));
        }
    }

    public static WaitOptions Check(WaitOptions? options)
    {
        options ??= new WaitOptions();
        Require(options.Timeout is not { } timeout || timeout >= TimeSpan.FromSeconds(1), nameof(options), "Timeout must be at least 00:00:01.");
        Require(options.UnschedulableGrace >= TimeSpan.Zero, nameof(options), "UnschedulableGrace must not be negative.");
        Require(options.AllowedRestarts >= 0, nameof(options), "AllowedRestarts must not be negative.");
        return options;
    }

    public static PodQuery Check(PodQuery? query)
    {
        query ??= new PodQuery();
        if (query.Workload is { } workload)
        {
            CheckName(workload, nameof(query));
        }

        Require(query.PageSize is >= 1 and <= MaxPageSize, nameof(query), $"PageSize must be from 1 to {MaxPageSize}.");
        return query;
    }

    public static LogOptions Check(LogOptions? options)
    {
        options ??= new LogOptions();
        Require(options.Tail is not < 0, nameof(options), "Tail must not be negative.");
        Require(options.MaxLineBytes is >= 1 << 10 and <= 16 << 20, nameof(options), "MaxLineBytes must be from 1 KiB to 16 MiB.");
        Require(!(options.Follow && options.Previous), nameof(options), "A run that has ended cannot be followed: set Follow or Previous.");
        CheckContainer(options.Container, nameof(options));
        return options;
    }

    public static ExecOptions Check(ExecOptions? options)
    {
        options ??= new ExecOptions();
        Require(options.MaxOutputBytes is >= 0 and <= 256 << 20, nameof(options), "MaxOutputBytes must be from 0 to 256 MiB.");
        CheckContainer(options.Container, nameof(options));
        return options;
    }

    public static void Check(NamespaceQuota quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        Require(quota is not { Cpu: < 0 } and not { MemoryBytes: < 0 } and not { Pods: < 0 }, nameof(quota), "A limit must not be negative.");
    }

    public static void Check(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        const string Parameter = nameof(workload);
        CheckName(workload.Name, Parameter);
        Require(workload.Kind != WorkloadKind.Unknown && Enum.IsDefined(workload.Kind), Parameter, $"Kind must be one of {string.Join(", ", Enum.GetNames<WorkloadKind>().Skip(1))}.");
        Require(!string.IsNullOrWhiteSpace(workload.Image) && !workload.Image.Any(char.IsWhiteSpace), Parameter, "Image must be the name of an image, such as registry.example.com/shop/web:1.4.");
        Require(workload.Replicas is >= 0 and <= MaxReplicas, Parameter, $"Replicas must be from 0 to {MaxReplicas}, not {workload.Replicas}.");
        Require(workload.StopTimeout >= TimeSpan.Zero && workload.StopTimeout <= TimeSpan.FromHours(1), Parameter, "StopTimeout must be from 00:00:00 to 01:00:00.");
        CheckVariables(workload, Parameter);
        CheckFiles(workload, Parameter);
        CheckResources(workload, Parameter);
        CheckNetwork(workload, Parameter);
        CheckVolumes(workload, Parameter);
        CheckKind(workload, Parameter);
        foreach (var (what, probe) in new[] { ("ReadinessProbe", workload.ReadinessProbe), ("LivenessProbe", workload.LivenessProbe), ("StartupProbe", workload.StartupProbe) })
        {
            CheckProbe(what, probe, Parameter);
        }

        if (workload.ServiceAccount is { } account)
        {
            CheckPodName(account);
        }
    }

    private static void CheckVariables(Workload workload, string parameter)
    {
        foreach (var variable in workload.Environment.Keys.Concat(workload.Secrets.Keys))
        {
            Require(
                variable.Length > 0 && !char.IsAsciiDigit(variable[0]) && variable.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'),
                parameter,
                $"'{variable}' is not the name of an environment variable: use letters, digits, underscores, dots and hyphens, not beginning with a digit.");
        }

        Require(!workload.Environment.Keys.Intersect(workload.Secrets.Keys, StringComparer.Ordinal).Any(), parameter, "A variable stands in Environment and in Secrets; choose one.");
        Require(
            workload.Buckets.Select(bucket => bucket.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == workload.Buckets.Count, parameter, "A bucket stands twice in Buckets.");
        Require(workload.Identity is not null || !workload.Buckets.Any(bucket => bucket.ByIdentity), parameter, "A bucket is to be opened by identity, and Identity is not set.");
    }

    private static void CheckFiles(Workload workload, string parameter)
    {
        foreach (var path in workload.Files.Keys)
        {
            CheckPath("Files", path, parameter);
        }

        var bytes = workload.Files.Values.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        Require(bytes <= MaxFilesBytes, parameter, $"Files have {bytes} bytes together and may have {MaxFilesBytes}; put what is larger into a bucket.");
    }

    private static void CheckResources(Workload workload, string parameter)
    {
        if (workload.Resources is not { } wanted)
        {
            return;
        }

        Require(wanted.Cpu is null or (>= 0.001 and <= 1000), parameter, "Resources.Cpu must be from 0.001 to 1000 cores.");
        Require(wanted.MaxCpu is null or (>= 0.001 and <= 1000), parameter, "Resources.MaxCpu must be from 0.001 to 1000 cores.");
        Require(wanted.MemoryBytes is null or >= MiB, parameter, "Resources.MemoryBytes must be at least 1 MiB.");
        Require(wanted.MaxMemoryBytes is null or >= MiB, parameter, "Resources.MaxMemoryBytes must be at least 1 MiB.");
        Require(!(wanted.MaxCpu < wanted.Cpu), parameter, "Resources.MaxCpu is less than Cpu.");
        Require(!(wanted.MaxMemoryBytes < wanted.MemoryBytes), parameter, "Resources.MaxMemoryBytes is less than MemoryBytes.");
        Require(wanted.Gpus is null or (>= 1 and <= 64), parameter, "Resources.Gpus must be from 1 to 64; leave it out for none.");
    }

    private static void CheckNetwork(Workload workload, string parameter)
    {
        foreach (var port in workload.Ports)
        {
            CheckPort(port.Port, parameter);
            Require(
                port.Name is null || (port.Name.Length is >= 1 and <= 15 && port.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && port.Name.Any(char.IsAsciiLetterLower)),
                parameter,
                $"'{port.Name}' is not the name of a port: use 1 to 15 lower-case letters, digits and hyphens, with a letter.");
        }

        Require(workload.Ports.Select(port => (port.Port, port.IsUdp)).Distinct().Count() == workload.Ports.Count, parameter, "A port stands twice in Ports.");
        if (workload.Service is { } service)
        {
            Require(workload.Ports.Count > 0, parameter, "Service needs Ports to lead to.");
            Require(Enum.IsDefined(service.Reach), parameter, $"Service.Reach must be one of {string.Join(", ", Enum.GetNames<ServiceReach>())}.");
            if (service.Port is { } port)
            {
                CheckPort(port, parameter);
            }
        }

        if (workload.Ingress is { } ingress)
        {
            Require(workload.Service is not null, parameter, "Ingress needs Service, whose address it leads to.");
            Require(ingress.Path.StartsWith('/'), parameter, "Ingress.Path must begin with '/'.");
            Require(ingress.Host is null || Uri.CheckHostName(ingress.Host.TrimStart('*', '.')) == UriHostNameType.Dns, parameter, $"Ingress.Host '{ingress.Host}' is not a host name.");
            Require(ingress.TlsSecret is null || ingress.Host is not null, parameter, "Ingress.TlsSecret needs Host, which its certificate is for.");
        }
    }

    private static void CheckVolumes(Workload workload, string parameter)
    {
        foreach (var volume in workload.Volumes)
        {
            CheckLabel(volume.Name, parameter, MaxLabelLength, mustStartWithLetter: true);
            CheckPath($"Volume {volume.Name}", volume.Path, parameter);
            Require(volume.ClaimBytes is null or >= MiB, parameter, $"Volume {volume.Name}: ClaimBytes must be at least 1 MiB.");
            Require(volume.ClaimBytes is null || volume.ExistingClaim is null, parameter, $"Volume {volume.Name}: ClaimBytes and ExistingClaim exclude each other.");
            Require(!volume.InMemory || (volume.ClaimBytes is null && volume.ExistingClaim is null), parameter, $"Volume {volume.Name}: only scratch space can be memory.");
        }

        Require(workload.Volumes.Select(volume => volume.Name).Distinct(StringComparer.Ordinal).Count() == workload.Volumes.Count, parameter, "A name stands twice in Volumes.");
        Require(workload.Volumes.Select(volume => volume.Path).Distinct(StringComparer.Ordinal).Count() == workload.Volumes.Count, parameter, "A path stands twice in Volumes.");
    }

    private static void CheckKind(Workload workload, string parameter)
    {
        var isJob = workload.Kind is WorkloadKind.Job or WorkloadKind.ParallelJob or WorkloadKind.CronJob;
        Require((workload.Schedule is not null) == (workload.Kind == WorkloadKind.CronJob), parameter, "Schedule belongs to a cron job, and a cron job needs one.");
        Require(workload.Schedule is null || IsSchedule(workload.Schedule), parameter, $"Schedule '{workload.Schedule}' must have five fields, such as '*/5 * * * *', or be one of {string.Join(", ", Macros)}.");
        Require(workload.Job is null || isJob, parameter, "Job belongs to jobs; this runs for good.");
        Require(workload.Autoscale is null || !isJob, parameter, "Autoscale belongs to what runs for good, not to jobs.");
        Require(workload.MinAvailable is null || !isJob, parameter, "MinAvailable belongs to what runs for good, not to jobs.");
        Require(workload.MinAvailable is not < 0, parameter, "MinAvailable must not be negative.");
        Require(workload.Kind != WorkloadKind.ParallelJob || workload.Replicas >= 1, parameter, "A parallel job needs at least one replica.");
        if (workload.Autoscale is { } scale)
        {
            Require(scale.Min >= 1 && scale.Max >= scale.Min && scale.Max <= MaxReplicas, parameter, $"Autoscale must have 1 ≤ Min ≤ Max ≤ {MaxReplicas}.");
            Require(scale.CpuPercent is >= 1 and <= 1000 && scale.MemoryPercent is null or (>= 1 and <= 1000), parameter, "Autoscale aims for 1 to 1000 per cent.");
            Require(workload.Resources?.Cpu is not null, parameter, "Autoscale needs Resources.Cpu, of which it counts per cents.");
            Require(scale.MemoryPercent is null || workload.Resources?.MemoryBytes is not null, parameter, "Autoscale.MemoryPercent needs Resources.MemoryBytes, of which it counts per cents.");
        }

        if (workload.Job is { } job)
        {
            Require(job.Completions is null or (>= 1 and <= 1_000_000), parameter, "Job.Completions must be from 1 to 1000000.");
            Require(job.Retries is >= 0 and <= 1000, parameter, "Job.Retries must be from 0 to 1000.");
            Require(job.Deadline is not { } deadline || deadline >= TimeSpan.FromSeconds(1), parameter, "Job.Deadline must be at least 00:00:01.");
            Require(job.KeepFor is not { } keep || keep >= TimeSpan.Zero, parameter, "Job.KeepFor must not be negative.");
        }
    }

    private static void CheckProbe(string what, WorkloadProbe? probe, string parameter)
    {
        if (probe is null)
        {
            return;
        }

        Require(probe.Command.Count > 0 ? probe.Path is null && probe.Port is null : probe.Port is >= 1 and <= MaxPort, parameter, $"{what} needs either Command, or Port from 1 to {MaxPort} with or without Path.");
        Require(probe.Path is null || probe.Path.StartsWith('/'), parameter, $"{what}.Path must begin with '/'.");
        Require(
            probe.Delay >= TimeSpan.Zero && probe.Interval >= TimeSpan.FromSeconds(1) && probe.Timeout >= TimeSpan.FromSeconds(1) && probe.Failures >= 1,
            parameter,
            $"{what} must have Delay from 0, Interval and Timeout from 00:00:01, and Failures from 1.");
    }

    private static bool IsSchedule(string text) =>
        Macros.Contains(text, StringComparer.Ordinal)
        || (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: 5 } fields && fields.All(field => field.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '/' or ',' or '-' or '?')));

    private static void CheckContainer(string? container, string parameter)
    {
        if (container is not null)
        {
            CheckLabel(container, parameter, MaxLabelLength, mustStartWithLetter: false);
        }
    }

    private static void CheckPath(string what, string path, string parameter) =>
        Require(path.Length > 1 && path[0] == '/' && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Split('/').Contains("..", StringComparer.Ordinal) && !path.Contains(':', StringComparison.Ordinal),
            parameter, $"{what}: '{path}' must be an absolute path without '..', ':' and a '/' at its end.");

    private static void CheckLabel(string name, string parameter, int maxLength, bool mustStartWithLetter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (name.Length > maxLength || name[0] == '-' || name[^1] == '-' || (mustStartWithLetter && !char.IsAsciiLetterLower(name[0])) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException(
                $"'{name}' is not a name: use 1 to {maxLength} lower-case letters, digits and hyphens, {(mustStartWithLetter ? "starting with a letter and " : "not starting and ")}not ending in a hyphen.", parameter);
        }
    }

    private static void Require(bool holds, string parameter, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message, parameter);
        }
    }
}
