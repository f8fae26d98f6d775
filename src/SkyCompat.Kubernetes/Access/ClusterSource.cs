namespace SkyCompat.Kubernetes;

/// <summary>Where the clusters of a cloud are described: in a kubeconfig, or by the pod that this process runs in.</summary>
internal sealed class ClusterSource
{
    private ClusterSource(ProcessEnvironment environment, bool isInCluster, string kubeconfigPath)
    {
        Environment = environment;
        IsInCluster = isInCluster;
        KubeconfigPath = kubeconfigPath;
    }

    public ProcessEnvironment Environment { get; }

    public bool IsInCluster { get; }

    public string KubeconfigPath { get; }

    public bool RunsInCluster => RunsIn(Environment);

    public static ClusterSource Of(KubernetesOptions options, ProcessEnvironment environment)
    {
        var inCluster = options.InCluster ?? (options.Kubeconfig is null && options.Context is null && RunsIn(environment));
        var home = environment.GetVariable("HOME") ?? environment.GetVariable("USERPROFILE") ?? "";

        // The variable may be a list; the first that exists is taken, since joining files would make one of several by surprise.
        var listed = environment.GetVariable("KUBECONFIG")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        var path = options.Kubeconfig ?? listed.FirstOrDefault(File.Exists) ?? listed.FirstOrDefault() ?? Path.Combine(home, ".kube", "config");
        return new ClusterSource(environment, inCluster, path);
    }

    private static bool RunsIn(ProcessEnvironment environment) =>
        environment.GetVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && environment.GetVariable("KUBERNETES_SERVICE_PORT") is { Length: > 0 };
}
