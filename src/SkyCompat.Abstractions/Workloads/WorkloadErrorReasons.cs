namespace SkyCompat.Workloads;

/// <summary>The values of <see cref="CloudException.Reason"/> for workloads, each with the code it refines.</summary>
public static class WorkloadErrorReasons
{
    /// <summary>Conflict: another manager set a field that was to be applied; the message names both. Leave the field out, or apply with <see cref="ApplyOptions.Force"/>.</summary>
    public const string FieldConflict = nameof(FieldConflict);

    /// <summary>Unsupported: the cluster has no version of an interface that is needed.</summary>
    public const string ApiMissing = nameof(ApiMissing);

    /// <summary>InvalidArgument: a text is not a manifest.</summary>
    public const string BadManifest = nameof(BadManifest);

    /// <summary>InvalidArgument: the credentials of a bucket's cloud cannot be handed to a workload; the message says what to do.</summary>
    public const string NoBucketCredentials = nameof(NoBucketCredentials);

    /// <summary>Unavailable: a node cannot get the image, by its name, the registry or its credentials.</summary>
    public const string ImagePull = nameof(ImagePull);

    /// <summary>Unavailable: a container ends again and again; the message has its exit code and last lines.</summary>
    public const string CrashLoop = nameof(CrashLoop);

    /// <summary>Unavailable: a container took more memory than its limit.</summary>
    public const string OutOfMemory = nameof(OutOfMemory);

    /// <summary>Unavailable: a container cannot be made, such as for a program that the image lacks or a Secret that is not there.</summary>
    public const string CannotStart = nameof(CannotStart);

    /// <summary>CapacityShortage: no node has room for a pod, or may take it; the message has the scheduler's words.</summary>
    public const string Unschedulable = nameof(Unschedulable);

    /// <summary>Timeout: a job, or a rollout, took longer than its own deadline.</summary>
    public const string DeadlineExceeded = nameof(DeadlineExceeded);

    /// <summary>Unavailable: a job failed; the message has the pod, its exit code and last lines.</summary>
    public const string JobFailed = nameof(JobFailed);

    /// <summary>Unavailable: the cluster refuses to make the workload's pods, such as for a quota; the message has its words.</summary>
    public const string PodsRefused = nameof(PodsRefused);

    /// <summary>Conflict: a container has not started, or has ended.</summary>
    public const string NotStarted = nameof(NotStarted);

    /// <summary>NotFound: a container has no program of that name, such as a shell.</summary>
    public const string ProgramNotFound = nameof(ProgramNotFound);

    /// <summary>Unauthenticated: the API server's certificate does not descend from the cluster's authority, or does not name it.</summary>
    public const string UntrustedServer = nameof(UntrustedServer);

    /// <summary>Conflict: the cluster has forgotten the version that a list or watch was to go on from. Handled by listing anew; seen only beneath the engine.</summary>
    public const string VersionExpired = nameof(VersionExpired);
}
