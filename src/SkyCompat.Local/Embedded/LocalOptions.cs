namespace SkyCompat.Local;

/// <summary>Settings of a cloud of provider <c>Local</c>: an object store in a folder of this machine, and instances on it.</summary>
public sealed class LocalOptions
{
    internal const string DefaultRoot = "./.skycompat";
    internal const int DefaultInlineMaxBytes = 32 * 1024;
    internal const int LargestInlineMaxBytes = 1024 * 1024;
    internal static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromHours(1);

    /// <summary>The folder that holds everything; made if it is not there. A relative path counts from the directory in which the process was started.
    /// It must be on a local file system (not NFS or SMB: the index needs real locks and shared memory); several processes may use it at the same time.</summary>
    /// <value>Default: <c>./.skycompat</c>.</value>
    public string Root { get; set; } = DefaultRoot;

    /// <summary>What an acknowledged write survives.</summary>
    /// <value>Default: <see cref="LocalDurability.Full"/>.</value>
    public LocalDurability Durability { get; set; }

    /// <summary>The largest body in bytes that is kept inside the index instead of in a file of its own, from 0 to 1,048,576. Small bodies are written together with
    /// their index entry by one flush; large ones would make the index slow. A change applies to new writes.</summary>
    /// <value>Default: 32,768.</value>
    public int InlineMaxBytes { get; set; } = DefaultInlineMaxBytes;

    /// <summary>How long a write waits for a writer of another process before it fails with <see cref="CloudErrorCode.Unavailable"/>, from 0 to 1 hour.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan BusyTimeout { get; set; } = DefaultBusyTimeout;

    /// <summary>The port on 127.0.0.1 that serves signed requests, from 0 to 65,535; 0 takes any free one, so that signed URLs end with the process.
    /// A fixed port is opened when the store is first used, any other at the first signing. Ignored if <see cref="PublicBaseUrl"/> is set.</summary>
    /// <value>Default: 0.</value>
    public int EndpointPort { get; set; }

    /// <summary>The absolute http or https URL at which the application's own web server serves <see cref="SignedRequestHandler"/>, such as
    /// <c>https://files.example.com/signed</c>; signed URLs begin with it, and no port is opened. Null opens a port on 127.0.0.1.</summary>
    /// <value>Default: null.</value>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>The settings of instances.</summary>
    public LocalComputeOptions Compute { get; set; } = new();
}
