using System.Text;
using SkyCompat.Drivers;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Translates workloads to objects of the versions that a cluster has: what pods need first, what leads to them last.</summary>
internal sealed class WorkloadRenderer(ApiDiscovery discovery)
{
    public static string SecretName(Workload workload) => workload.Name + "-secrets";

    public static string FilesName(Workload workload) => workload.Name + "-files";

    public async Task<IReadOnlyList<ManifestObject>> RenderAsync(string namespaceName, Workload workload, CancellationToken cancellationToken)
    {
        var items = new List<ManifestObject>();
        AddSupport(items, namespaceName, workload);
        await AddMainAsync(items, namespaceName, workload, cancellationToken).ConfigureAwait(false);
        AddService(items, namespaceName, workload);
        if (workload.Ingress is not null)
        {
            Add(items, await discovery.GetAsync("Ingress", ApiDiscovery.Ingresses, cancellationToken).ConfigureAwait(false), namespaceName, workload, workload.Name, RenderIngress(workload));
        }

        if (workload.Autoscale is { } scale)
        {
            var kind = await discovery.GetAsync("HorizontalPodAutoscaler", ApiDiscovery.Autoscalers, cancellationToken).ConfigureAwait(false);
            Add(items, kind, namespaceName, workload, workload.Name, RenderAutoscaler(workload, scale, kind.ApiVersion));
        }

        if (workload.MinAvailable is { } available)
        {
            var kind = await discovery.GetAsync("PodDisruptionBudget", ApiDiscovery.DisruptionBudgets, cancellationToken).ConfigureAwait(false);
            Add(items, kind, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = new JsonObject { ["minAvailable"] = available, ["selector"] = Selector(workload) } });
        }

        return items;
    }

    private static JsonObject Selector(Workload workload) => new() { ["matchLabels"] = WorkloadLabels.Of(workload.Name) };

    private static void Add(List<ManifestObject> items, ApiKind kind, string namespaceName, Workload workload, string name, JsonObject body)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = namespaceName, ["labels"] = WorkloadLabels.Of(workload.Name) };
        if (body["metadata"] is JsonObject more)
        {
            foreach (var (key, value) in more.ToList())
            {
                more.Remove(key);
                metadata[key] = value;
            }
        }

        body["apiVersion"] = kind.ApiVersion;
        body["kind"] = kind.Kind;
        body["metadata"] = metadata;
        items.Add(new ManifestObject(kind.ApiVersion, kind.Kind, namespaceName, name, kind.PathOf(namespaceName, name), body.ToJsonString()));
    }

    private static void AddSupport(List<ManifestObject> items, string namespaceName, Workload workload)
    {
        if (workload.Identity is { } identity && workload.ServiceAccount is null)
        {
            Add(items, ApiKind.ServiceAccount, namespaceName, workload, workload.Name, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [WorkloadIdentity.AnnotationOf(identity)] = identity } } });
        }

        if (workload.Secrets.Count > 0)
        {
            var data = new JsonObject();
            foreach (var (key, value) in PodTemplate.Ordered(workload.Secrets))
            {
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
            }

            Add(items, ApiKind.Secret, namespaceName, workload, SecretName(workload), new JsonObject { ["type"] = "Opaque", ["data"] = data });
        }

        if (workload.Files.Count > 0)
        {
            var data = new JsonObject();
            var files = PodTemplate.Ordered(workload.Files);
            for (var index = 0; index < files.Count; index++)
            {
                data[PodTemplate.FileKey(index)] = files[index].Value;
            }

            Add(items, ApiKind.ConfigMap, namespaceName, workload, FilesName(workload), new JsonObject { ["data"] = data });
        }

        foreach (var volume in workload.Volumes.Where(volume => volume.ClaimBytes is not null && workload.Kind != WorkloadKind.StatefulSet))
        {
            Add(items, ApiKind.Claim, namespaceName, workload, PodTemplate.ClaimName(workload, volume), new JsonObject { ["spec"] = RenderClaim(volume) });
        }
    }

    private static JsonObject RenderClaim(WorkloadVolume volume)
    {
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = Quantity.OfBytes(volume.ClaimBytes!.Value) } },
        };
        if (volume.StorageClass is { } storageClass)
        {
            spec["storageClassName"] = storageClass;
        }

        return spec;
    }

    private async Task AddMainAsync(List<ManifestObject> items, string namespaceName, Workload workload, CancellationToken cancellationToken)
    {
        var template = PodTemplate.Render(workload);
        switch (workload.Kind)
        {
            case WorkloadKind.Deployment:
                Add(items, ApiKind.Deployment, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = WithReplicas(workload, new JsonObject { ["selector"] = Selector(workload), ["template"] = template }) });
                break;
            case WorkloadKind.StatefulSet:
                Add(items, ApiKind.StatefulSet, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = RenderStatefulSet(workload, template) });
                break;
            case WorkloadKind.CronJob:
                var kind = await discovery.GetAsync("CronJob", ApiDiscovery.CronJobs, cancellationToken).ConfigureAwait(false);
                var jobTemplate = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = WorkloadLabels.Of(workload.Name) }, ["spec"] = RenderJob(workload, template) };
                Add(items, kind, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = new JsonObject { ["schedule"] = workload.Schedule, ["jobTemplate"] = jobTemplate } });
                break;
            default:
                Add(items, ApiKind.Job, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = RenderJob(workload, template) });
                break;
        }
    }

    private static JsonObject WithReplicas(Workload workload, JsonObject spec)
    {
        if (workload.Autoscale is null)
        {
            spec["replicas"] = workload.Replicas;
        }

        return spec;
    }

    private static JsonObject RenderStatefulSet(Workload workload, JsonObject template)
    {
        var spec = WithReplicas(workload, new JsonObject { ["selector"] = Selector(workload), ["serviceName"] = workload.Name, ["template"] = template });
        var claims = workload.Volumes.Where(volume => volume.ClaimBytes is not null)
            .Select(volume => new JsonObject { ["metadata"] = new JsonObject { ["name"] = volume.Name }, ["spec"] = RenderClaim(volume) })
            .ToArray<JsonNode>();
        if (claims.Length > 0)
        {
            spec["volumeClaimTemplates"] = new JsonArray(claims);
        }

        return spec;
    }

    private static JsonObject RenderJob(Workload workload, JsonObject template)
    {
        var parallel = workload.Kind == WorkloadKind.ParallelJob ? workload.Replicas : 1;
        var settings = workload.Job ?? new JobSettings();
        var spec = new JsonObject
        {
            ["parallelism"] = parallel,
            ["completions"] = settings.Completions ?? parallel,
            ["backoffLimit"] = settings.Retries,
            ["template"] = template,
        };
        if (settings.Deadline is { } deadline)
        {
            spec["activeDeadlineSeconds"] = (long)Math.Ceiling(deadline.TotalSeconds);
        }

        if (settings.KeepFor is { } keep)
        {
            spec["ttlSecondsAfterFinished"] = (long)keep.TotalSeconds;
        }

        return spec;
    }

    private static void AddService(List<ManifestObject> items, string namespaceName, Workload workload)
    {
        if (workload.Service is { } service)
        {
            var ports = workload.Ports.Select((port, index) => new JsonObject
            {
                ["name"] = PodTemplate.NameOf(port),
                ["port"] = index == 0 ? service.Port ?? port.Port : port.Port,
                ["targetPort"] = port.Port,
                ["protocol"] = port.IsUdp ? "UDP" : "TCP",
            }).ToArray<JsonNode>();
            var type = service.Reach switch { ServiceReach.Node => "NodePort", ServiceReach.LoadBalancer => "LoadBalancer", _ => "ClusterIP" };
            Add(items, ApiKind.Service, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = new JsonObject { ["type"] = type, ["selector"] = WorkloadLabels.Of(workload.Name), ["ports"] = new JsonArray(ports) } });
        }
        else if (workload.Kind == WorkloadKind.StatefulSet)
        {
            // Without an address of its own it gives each replica a name.
            Add(items, ApiKind.Service, namespaceName, workload, workload.Name, new JsonObject { ["spec"] = new JsonObject { ["clusterIP"] = "None", ["selector"] = WorkloadLabels.Of(workload.Name) } });
        }
    }

    private static JsonObject RenderIngress(Workload workload)
    {
        var ingress = workload.Ingress!;
        var backend = new JsonObject { ["service"] = new JsonObject { ["name"] = workload.Name, ["port"] = new JsonObject { ["number"] = workload.Service!.Port ?? workload.Ports[0].Port } } };
        var rule = new JsonObject { ["http"] = new JsonObject { ["paths"] = new JsonArray(new JsonObject { ["path"] = ingress.Path, ["pathType"] = "Prefix", ["backend"] = backend }) } };
        if (ingress.Host is { } host)
        {
            rule["host"] = host;
        }

        var spec = new JsonObject { ["rules"] = new JsonArray(rule) };
        if (ingress.TlsSecret is { } secret)
        {
            spec["tls"] = new JsonArray(new JsonObject { ["hosts"] = new JsonArray(ingress.Host), ["secretName"] = secret });
        }

        if (ingress.ClassName is { } className)
        {
            spec["ingressClassName"] = className;
        }

        return new JsonObject { ["spec"] = spec };
    }

    private static JsonObject RenderAutoscaler(Workload workload, WorkloadAutoscale scale, string version)
    {
        var kind = workload.Kind == WorkloadKind.StatefulSet ? ApiKind.StatefulSet : ApiKind.Deployment;
        var spec = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, ["name"] = workload.Name },
            ["minReplicas"] = scale.Min,
            ["maxReplicas"] = scale.Max,
        };
        if (version == "autoscaling/v1")
        {
            if (scale.MemoryPercent is not null)
            {
                throw new CloudException(CloudErrorCode.Unsupported, "The cluster scales by processor time alone (autoscaling/v1); leave Autoscale.MemoryPercent out, or upgrade it.") { Reason = WorkloadErrorReasons.ApiMissing };
            }

            spec["targetCPUUtilizationPercentage"] = scale.CpuPercent;
        }
        else
        {
            var metrics = new JsonArray(Metric("cpu", scale.CpuPercent));
            if (scale.MemoryPercent is { } memory)
            {
                metrics.Add(Metric("memory", memory));
            }

            spec["metrics"] = metrics;
        }

        return new JsonObject { ["spec"] = spec };

        static JsonNode Metric(string resource, int percent) => new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject { ["name"] = resource, ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = percent } },
        };
    }
}
