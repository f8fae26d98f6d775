using Microsoft.Extensions.Configuration;
using SkyCompat.Hosting;

namespace SkyCompat.Kubernetes;

/// <summary>Makes clouds of provider <c>Kubernetes</c>.</summary>
internal sealed class KubernetesProviderFactory : CloudProviderFactory<KubernetesOptions>
{
    public override CloudProvider Provider => CloudProvider.Kubernetes;

    protected override void Bind(IConfigurationSection section, KubernetesOptions options) => section.Bind(options);

    protected override void Validate(KubernetesOptions options, CloudConfiguration cloud, ICollection<string> errors)
    {
        var path = cloud.Section?.Path ?? $"{cloud.Path}:Kubernetes";
        var source = ClusterSource.Of(options, ProcessEnvironment.Current);
        if (options.InCluster == true && (options.Kubeconfig ?? options.Context) is not null)
        {
            errors.Add($"{path}:InCluster: excludes Kubeconfig and Context; set one or the other.");
        }
        else if (source.IsInCluster && !source.RunsInCluster)
        {
            errors.Add($"{path}:InCluster: this process does not run in a cluster (KUBERNETES_SERVICE_HOST is not set); set Kubeconfig.");
        }
        else if (!source.IsInCluster)
        {
            ValidateKubeconfig(path, source.KubeconfigPath, options.Context, errors);
        }
    }

    protected override CloudDrivers Create(KubernetesOptions options, CloudConfiguration cloud, IServiceProvider services) =>
        new() { Clusters = new KubernetesClusterDriver(ClusterSource.Of(options, ProcessEnvironment.Current), options.Context, cloud.Name) };

    private static void ValidateKubeconfig(string path, string file, string? context, ICollection<string> errors)
    {
        if (!File.Exists(file))
        {
            errors.Add($"{path}:Kubeconfig: there is no file '{file}'.");
            return;
        }

        try
        {
            Kubeconfig.Read(file).GetContext(context);
        }
        catch (CloudException exception)
        {
            errors.Add($"{path}:{(exception.Code == CloudErrorCode.NotFound ? "Context" : "Kubeconfig")}: {exception.Message}");
        }
    }
}
