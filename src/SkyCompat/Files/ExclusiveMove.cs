using System.Runtime.InteropServices;
using System.Text;

namespace SkyCompat.Files;

/// <summary>
/// Moves a file to a name that nothing has, and loses no race for it. <see cref="File.Move(string, string)"/> does not promise that outside Windows: it looks whether the name is free and then
/// renames, which replaces what another has put there in between. A hard link is refused by the system itself.
/// </summary>
internal static class ExclusiveMove
{
    private const int Exists = 17;

    /// <summary>Moves the file.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Its new name, on the same file system.</param>
    /// <exception cref="IOException">The name is taken, or the file cannot be moved; it is where it was.</exception>
    public static void Run(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (link(Terminated(from), Terminated(to)) == 0)
            {
                File.Delete(from);
                return;
            }

            if (Marshal.GetLastPInvokeError() == Exists)
            {
                throw new IOException($"The file '{to}' already exists.");
            }
        }

        // Windows does promise it; elsewhere the file system may know no links, or what is wrong is said better here.
        File.Move(from, to, overwrite: false);
    }

    private static byte[] Terminated(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

#pragma warning disable SYSLIB1054, CA5392 // One call with blittable arguments: not worth allowing unsafe code, which the generator of LibraryImport needs.
    [DllImport("libc", SetLastError = true)]
    private static extern int link(byte[] from, byte[] to);
#pragma warning restore SYSLIB1054, CA5392
}
