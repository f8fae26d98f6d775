using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace SkyCompat.Files;

/// <summary>Makes the entries of a directory durable. The runtime has no call for it; Windows needs none, as its journal covers entries.</summary>
internal static class DirectorySync
{
    private const int Interrupted = 4;

    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = open([.. Encoding.UTF8.GetBytes(directory), 0], 0);
        if (descriptor < 0)
        {
            throw Failure(directory);
        }

        try
        {
            while (fsync(descriptor) != 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                {
                    throw Failure(directory);
                }
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static CloudException Failure(string directory)
    {
        var error = Marshal.GetLastPInvokeError();
        var cause = new Win32Exception(error);
        return FileErrors.Map(error, directory, cause, cause.Message)
            ?? new CloudException(CloudErrorCode.Unavailable, $"The directory '{directory}' cannot be flushed: {cause.Message}", cause);
    }

#pragma warning disable SYSLIB1054, CA5392 // Two calls with blittable arguments: not worth allowing unsafe code, which the generator of LibraryImport needs.
    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc")]
    private static extern int close(int descriptor);
#pragma warning restore SYSLIB1054, CA5392
}
