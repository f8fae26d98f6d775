using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>Runs a program in a container and collects what it writes, up to a limit.</summary>
internal sealed class PodExec(ApiServer api, ExecOptions options) : IDisposable
{
    private const byte Input = 0;
    private const int Output = 1;
    private const int Errors = 2;
    private const int Status = 3;
    private const int BufferBytes = 32 * 1024;
    private const int MaxStatusBytes = 64 * 1024;

    private static readonly string[] MissingProgram = ["executable file not found", "no such file or directory", "permission denied", "not a directory"];

    private readonly MemoryStream _output = new();
    private readonly MemoryStream _errors = new();
    private readonly MemoryStream _status = new();
    private bool _isTruncated;

    public async Task<ExecResult> RunAsync(string podPath, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var socket = await ChannelSocket.OpenAsync(api, podPath + "/exec?" + QueryOf(command), cancellationToken).ConfigureAwait(false);
        try
        {
            if (options.Input is { } input)
            {
                for (var sent = 0; sent < input.Length; sent += BufferBytes)
                {
                    await socket.WriteAsync(Input, input.Slice(sent, Math.Min(BufferBytes, input.Length - sent)), cancellationToken).ConfigureAwait(false);
                }
            }

            var buffer = new byte[BufferBytes];
            while (true)
            {
                var (channel, count) = await socket.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (channel < 0)
                {
                    break;
                }

                Take(channel, buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException && _status.Length == 0)
        {
            throw Broken(exception);
        }

        return Conclude(command[0]);
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _status.Dispose();
    }

    private static CloudException Broken(Exception? cause) =>
        new(CloudErrorCode.Unavailable, "The connection broke before the program ended; it may run on.", cause) { MayHaveTakenEffect = true, IsTransient = false };

    private string QueryOf(IReadOnlyList<string> command)
    {
        var query = new StringBuilder("stdout=true&stderr=true");
        if (options.Input is not null)
        {
            query.Append("&stdin=true");
        }

        if (options.Container is { } container)
        {
            query.Append("&container=").Append(Uri.EscapeDataString(container));
        }

        foreach (var word in command)
        {
            query.Append("&command=").Append(Uri.EscapeDataString(word));
        }

        return query.ToString();
    }

    private void Take(int channel, ReadOnlyMemory<byte> piece)
    {
        switch (channel)
        {
            case Output:
                Keep(_output, piece);
                options.OnOutput?.Invoke(piece, false);
                break;
            case Errors:
                Keep(_errors, piece);
                options.OnOutput?.Invoke(piece, true);
                break;
            case Status when _status.Length + piece.Length <= MaxStatusBytes:
                _status.Write(piece.Span);
                break;
            default:
                break;
        }
    }

    private void Keep(MemoryStream kept, ReadOnlyMemory<byte> piece)
    {
        var room = (int)(options.MaxOutputBytes - kept.Length);
        _isTruncated |= piece.Length > room;
        kept.Write(piece.Span[..Math.Min(room, piece.Length)]);
    }

    private ExecResult Conclude(string program)
    {
        if (_status.Length == 0)
        {
            throw Broken(null);
        }

        JsonObject? status = null;
        try
        {
            status = JsonNode.Parse(_status.ToArray()) as JsonObject;
        }
        catch (JsonException)
        {
            // Old servers answer with plain text where the container's runtime refuses.
        }

        if (status.Text("status") == "Success")
        {
            return ResultOf(0);
        }

        var exit = status.Items("details", "causes").FirstOrDefault(cause => cause.Text("reason") == "ExitCode").Text("message");
        if (int.TryParse(exit, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return ResultOf(code);
        }

        var message = status.Text("message") ?? Encoding.UTF8.GetString(_status.ToArray());
        throw MissingProgram.Any(text => message.Contains(text, StringComparison.Ordinal))
            ? new CloudException(CloudErrorCode.NotFound, $"The container has no program '{program}' that can be run. Images without a shell are common: run one of its own programs, or look at its logs.")
            {
                Reason = WorkloadErrorReasons.ProgramNotFound,
                ProviderCode = status.Text("reason"),
            }
            : new CloudException(CloudErrorCode.Unavailable, $"The program could not be run: {message}") { ProviderCode = status.Text("reason"), IsTransient = false };
    }

    private ExecResult ResultOf(int code) => new(code, Encoding.UTF8.GetString(_output.ToArray()), Encoding.UTF8.GetString(_errors.ToArray()), _isTruncated);
}
