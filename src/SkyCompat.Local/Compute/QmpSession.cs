using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace SkyCompat.Local;

/// <summary>A conversation with QEMU by its machine protocol, QMP: one JSON object a line.</summary>
internal sealed class QmpSession(TextReader replies, TextWriter commands)
{
    /// <summary>The socket on which QEMU listens, in its working folder.</summary>
    public const string SocketName = "qmp.sock";

    private const int LongestSocketPath = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs one command of a machine that runs.</summary>
    /// <returns>Whether it was accepted; false also if the machine has ended or does not answer.</returns>
    public static bool TryRun(ProcessIdentity process, string folder, string command)
    {
        // The system takes short paths only; a process's own name of its working folder is one.
        var path = Path.Combine(folder, SocketName);
        path = System.Text.Encoding.UTF8.GetByteCount(path) <= LongestSocketPath ? path : string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Pid}/cwd/{SocketName}");
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                ReceiveTimeout = (int)Patience.TotalMilliseconds,
                SendTimeout = (int)Patience.TotalMilliseconds,
            };
            socket.Connect(new UnixDomainSocketEndPoint(path));
            using var stream = new NetworkStream(socket);
            using var reader = new StreamReader(stream);
            using var writer = new StreamWriter(stream);
            return new QmpSession(reader, writer).TryRun(command);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>Runs the session's only command.</summary>
    /// <returns>Whether it was accepted; false if QEMU ended instead of answering.</returns>
    public bool TryRun(string command)
    {
        try
        {
            // The greeting comes first.
            return replies.ReadLine() is not null && TrySend("qmp_capabilities") && TrySend(command);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return false;
        }
    }

    private bool TrySend(string command)
    {
        commands.Write($$"""{"execute":"{{command}}"}""");
        commands.Write('\n');
        commands.Flush();
        while (replies.ReadLine() is { } line)
        {
            using var reply = JsonDocument.Parse(line);
            if (reply.RootElement.TryGetProperty("return", out _))
            {
                return true;
            }

            if (reply.RootElement.TryGetProperty("error", out _))
            {
                return false;
            }

            // An event, of which there may be any number.
        }

        return false;
    }
}
