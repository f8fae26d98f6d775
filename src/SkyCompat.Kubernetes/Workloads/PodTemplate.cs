using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>The pods of a workload.</summary>
internal static class PodTemplate
{
    private const string FilesVolume = "skycompat-files";
    private const int RevisionLength = 16;

    /// <summary>Under which key of its ConfigMap a file stands.</summary>
    public static string FileKey(int index) => string.Create(CultureInfo.InvariantCulture, $"file-{index}");

    public static IReadOnlyList<KeyValuePair<string, string>> Ordered(IReadOnlyDictionary<string, string> values) => [.. values.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    public static string ClaimName(Workload workload, WorkloadVolume volume) => $"{workload.Name}-{volume.Name}";

    public static JsonObject Render(Workload workload)
    {
        var isJob = workload.Kind is WorkloadKind.Job or WorkloadKind.ParallelJob or WorkloadKind.CronJob;
        var spec = new JsonObject
        {
            ["containers"] = new JsonArray(RenderContainer(workload)),
            ["restartPolicy"] = isJob ? "Never" : "Always",
            ["terminationGracePeriodSeconds"] = (long)workload.StopTimeout.TotalSeconds,
        };
        if ((workload.ServiceAccount ?? (workload.Identity is null ? null : workload.Name)) is { } account)
        {
            spec["serviceAccountName"] = account;
        }

        if (RenderVolumes(workload) is { Count: > 0 } volumes)
        {
            spec["volumes"] = volumes;
        }

        var labels = WorkloadLabels.Of(workload.Name);
        if (workload.Identity is { } identity && WorkloadIdentity.PodLabelOf(identity) is { } label)
        {
            labels[label] = "true";
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = labels, ["annotations"] = new JsonObject { [WorkloadLabels.Revision] = RevisionOf(spec, workload) } },
            ["spec"] = spec,
        };
    }

    /// <summary>Changes when the pods would: with the files too, which containers see only when they start. Not with secrets, of which nothing is told, not even this.</summary>
    private static string RevisionOf(JsonObject spec, Workload workload)
    {
        var text = new StringBuilder(spec.ToJsonString());
        foreach (var (path, content) in Ordered(workload.Files))
        {
            text.Append('\n').Append(path).Append('\n').Append(content);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..RevisionLength];
    }

    private static JsonObject RenderContainer(Workload workload)
    {
        var container = new JsonObject { ["name"] = workload.Name, ["image"] = workload.Image };
        if (workload.AlwaysPull is { } always)
        {
            container["imagePullPolicy"] = always ? "Always" : "IfNotPresent";
        }

        if (workload.Command.Count > 0)
        {
            container["command"] = TextsOf(workload.Command);
        }

        if (workload.Arguments.Count > 0)
        {
            container["args"] = TextsOf(workload.Arguments);
        }

        if (workload.Environment.Count > 0)
        {
            container["env"] = new JsonArray([.. Ordered(workload.Environment).Select(pair => new JsonObject { ["name"] = pair.Key, ["value"] = Verbatim(pair.Value) })]);
        }

        if (workload.Secrets.Count > 0)
        {
            container["envFrom"] = new JsonArray(new JsonObject { ["secretRef"] = new JsonObject { ["name"] = WorkloadRenderer.SecretName(workload) } });
        }

        if (workload.Ports.Count > 0)
        {
            container["ports"] = new JsonArray([.. workload.Ports.Select(port => new JsonObject { ["name"] = NameOf(port), ["containerPort"] = port.Port, ["protocol"] = port.IsUdp ? "UDP" : "TCP" })]);
        }

        if (RenderResources(workload.Resources) is { Count: > 0 } resources)
        {
            container["resources"] = resources;
        }

        if (RenderMounts(workload) is { Count: > 0 } mounts)
        {
            container["volumeMounts"] = mounts;
        }

        AddProbe(container, "readinessProbe", workload.ReadinessProbe);
        AddProbe(container, "livenessProbe", workload.LivenessProbe);
        AddProbe(container, "startupProbe", workload.StartupProbe);
        return container;
    }

    public static string NameOf(WorkloadPort port) => port.Name ?? string.Create(CultureInfo.InvariantCulture, $"port-{port.Port}{(port.IsUdp ? "-udp" : "")}");

    private static JsonArray TextsOf(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(Verbatim(text)))]);

    /// <summary>Clusters put variables in for <c>$(NAME)</c> and one sign for two, in commands and in variables.</summary>
    private static string Verbatim(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    private static JsonObject RenderResources(WorkloadResources? wanted)
    {
        var rendered = new JsonObject();
        if (wanted is null)
        {
            return rendered;
        }

        Add("requests", wanted.Cpu, wanted.MemoryBytes);
        Add("limits", wanted.MaxCpu, wanted.MaxMemoryBytes);
        return rendered;

        void Add(string what, double? cores, long? bytes)
        {
            var amounts = new JsonObject();
            if (cores is { } c)
            {
                amounts["cpu"] = Quantity.OfCores(c);
            }

            if (bytes is { } b)
            {
                amounts["memory"] = Quantity.OfBytes(b);
            }

            if (what == "limits" && wanted.Gpus is { } gpus)
            {
                amounts["nvidia.com/gpu"] = gpus.ToString(CultureInfo.InvariantCulture);
            }

            if (amounts.Count > 0)
            {
                rendered[what] = amounts;
            }
        }
    }

    private static JsonArray RenderMounts(Workload workload)
    {
        var mounts = new JsonArray();
        foreach (var volume in workload.Volumes)
        {
            var mount = new JsonObject { ["name"] = volume.Name, ["mountPath"] = volume.Path };
            if (volume.ReadOnly)
            {
                mount["readOnly"] = true;
            }

            mounts.Add((JsonNode)mount);
        }

        var files = Ordered(workload.Files);
        for (var index = 0; index < files.Count; index++)
        {
            mounts.Add((JsonNode)new JsonObject { ["name"] = FilesVolume, ["mountPath"] = files[index].Key, ["subPath"] = FileKey(index), ["readOnly"] = true });
        }

        return mounts;
    }

    private static JsonArray RenderVolumes(Workload workload)
    {
        var volumes = new JsonArray();
        foreach (var volume in workload.Volumes)
        {
            if (volume.ClaimBytes is not null && workload.Kind == WorkloadKind.StatefulSet)
            {
                continue; // Each replica has one of its own, from the set's templates.
            }

            var rendered = new JsonObject { ["name"] = volume.Name };
            if ((volume.ExistingClaim ?? (volume.ClaimBytes is null ? null : ClaimName(workload, volume))) is { } claim)
            {
                rendered["persistentVolumeClaim"] = new JsonObject { ["claimName"] = claim };
            }
            else
            {
                rendered["emptyDir"] = volume.InMemory ? new JsonObject { ["medium"] = "Memory" } : [];
            }

            volumes.Add((JsonNode)rendered);
        }

        if (workload.Files.Count > 0)
        {
            volumes.Add((JsonNode)new JsonObject { ["name"] = FilesVolume, ["configMap"] = new JsonObject { ["name"] = WorkloadRenderer.FilesName(workload) } });
        }

        return volumes;
    }

    private static void AddProbe(JsonObject container, string name, WorkloadProbe? probe)
    {
        if (probe is null)
        {
            return;
        }

        var rendered = new JsonObject
        {
            ["initialDelaySeconds"] = (long)Math.Ceiling(probe.Delay.TotalSeconds),
            ["periodSeconds"] = (long)Math.Ceiling(probe.Interval.TotalSeconds),
            ["timeoutSeconds"] = (long)Math.Ceiling(probe.Timeout.TotalSeconds),
            ["failureThreshold"] = probe.Failures,
        };
        if (probe.Command.Count > 0)
        {
            rendered["exec"] = new JsonObject { ["command"] = TextsOf(probe.Command) };
        }
        else if (probe.Path is { } path)
        {
            rendered["httpGet"] = new JsonObject { ["path"] = path, ["port"] = probe.Port };
        }
        else
        {
            rendered["tcpSocket"] = new JsonObject { ["port"] = probe.Port };
        }

        container[name] = rendered;
    }
}
