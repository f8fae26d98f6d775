using System.Collections;
using System.Text;

namespace SkyCompat.Cli.Terminal;

/// <summary>What surrounds the program: streams, terminal, folder, variables and clock. Tests make their own.</summary>
internal sealed class CliEnvironment
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard input as bytes; opened once.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Standard output as bytes; opened once, after <see cref="Out"/> was flushed.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    /// <summary>Reads a line that answers a question; null at the end of input.</summary>
    public required Func<string?> ReadAnswer { get; init; }

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>The terminal's columns.</summary>
    public int Width { get; init; } = 120;

    /// <summary>The terminal's lines.</summary>
    public int Height { get; init; } = 40;

    /// <summary>The folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

#pragma warning disable RS0030 // The console belongs to a program, and this is the one place that touches it.
    public static CliEnvironment OfProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var error = !Console.IsErrorRedirected;
        var output = !Console.IsOutputRedirected;
        return new CliEnvironment
        {
            // Lists of millions of keys are written in blocks, unless somebody watches.
            Out = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 32 << 10) { AutoFlush = output },
            Error = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true }),
            OpenInput = Console.OpenStandardInput,
            OpenOutput = Console.OpenStandardOutput,
            ReadAnswer = Console.ReadLine,
            IsInputTerminal = !Console.IsInputRedirected,
            IsOutputTerminal = output,
            IsErrorTerminal = error,
            Width = output || error ? Math.Max(40, Console.WindowWidth) : 120,
            Height = output || error ? Math.Max(10, Console.WindowHeight) : 40,
            Folder = Environment.CurrentDirectory,
            Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
        };
    }
#pragma warning restore RS0030

    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
