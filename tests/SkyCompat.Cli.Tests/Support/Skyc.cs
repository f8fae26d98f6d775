using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Cli.Terminal;

namespace SkyCompat.Cli.Tests.Support;

/// <summary>A folder with a configuration of two clouds on this machine, <c>home</c> and <c>away</c>, and the program to run in it.</summary>
internal sealed class Skyc : IDisposable
{
    public const string Configuration =
        """
        {
          "SkyCompat": {
            "DefaultCloud": "home",
            "Clouds": {
              "home": { "Provider": "Local", "Region": "here", "Local": { "Root": "ROOT/home" } },
              "away": { "Provider": "Local", "Local": { "Root": "ROOT/away" } }
            },
            "Buckets": { "media": { "Cloud": "home", "Name": "first", "Prefix": "media/" } }
          }
        }
        """;

    public Skyc(bool isConfigured = true)
    {
        Folder = Directory.CreateTempSubdirectory("skyc-").FullName;
        if (isConfigured)
        {
            Write("appsettings.json", Configuration.Replace("ROOT", Folder.Replace('\\', '/')));
        }
    }

    public string Folder { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public byte[] Input { get; set; } = [];

    /// <summary>What somebody at the terminal answers; null for nobody there.</summary>
    public string? Answer { get; set; }

    public bool IsTerminal { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Action<IServiceCollection>? Replace { get; set; }

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    /// <summary>Runs a command line that must succeed.</summary>
    public async Task<Ran> DoAsync(params string[] arguments)
    {
        var ran = await RunAsync(arguments);
        ran.ExitCode.ShouldBe(0, $"skyc {string.Join(' ', arguments)}\n{ran.Out}{ran.Error}");
        return ran;
    }

    public Task<Ran> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<Ran> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var text = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment
        {
            Out = text,
            Error = error,
            OpenInput = () => new MemoryStream(Input),
            OpenOutput = () => output,
            ReadAnswer = () => Answer,
            IsInputTerminal = Answer is not null,
            IsOutputTerminal = IsTerminal,
            IsErrorTerminal = IsTerminal || Answer is not null,
            Folder = Folder,
            Variables = Variables,
            Time = Time,
        };
        var exitCode = await SkycApplication.RunAsync(arguments, environment, Replace, cancellationToken);
        return new Ran(exitCode, text.ToString(), error.ToString(), output.ToArray());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>What a command line came to.</summary>
    internal sealed record Ran(int ExitCode, string Out, string Error, byte[] Bytes)
    {
        public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public string Content => Encoding.UTF8.GetString(Bytes);

        /// <summary>Every line of output as JSON; each must parse.</summary>
        public JsonObject[] Documents => [.. Lines.Select(line => JsonNode.Parse(line)!.AsObject())];

        public JsonObject Document => Documents.ShouldHaveSingleItem();
    }
}
