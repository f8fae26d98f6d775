namespace SkyCompat.Kubernetes;

/// <summary>What this process is told by its surroundings.</summary>
/// <param name="GetVariable">Reads an environment variable.</param>
/// <param name="ServiceAccountFolder">Where a pod finds its service account.</param>
internal sealed record ProcessEnvironment(Func<string, string?> GetVariable, string ServiceAccountFolder)
{
    public static ProcessEnvironment Current { get; } = new(Environment.GetEnvironmentVariable, "/var/run/secrets/kubernetes.io/serviceaccount");
}
