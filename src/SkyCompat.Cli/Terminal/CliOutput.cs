using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace SkyCompat.Cli.Terminal;

/// <summary>Writes what commands have to say: data to standard output, everything else to standard error.</summary>
internal sealed class CliOutput
{
    /// <summary>Wide enough that no table is wrapped where nobody watches.</summary>
    private const int NoWidth = 10_000;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CliEnvironment _environment;
    private readonly Lazy<IAnsiConsole> _out;
    private readonly Lazy<IAnsiConsole> _error;

    public CliOutput(CliEnvironment environment, bool isJson, bool isQuiet, bool isColored)
    {
        _environment = environment;
        IsJson = isJson;
        IsQuiet = isQuiet;
        isColored &= environment.Variable("NO_COLOR") is null && environment.Variable("TERM") is not "dumb";
        _out = new(() => Open(environment.Out, environment.IsOutputTerminal, isColored));
        _error = new(() => Open(environment.Error, environment.IsErrorTerminal, isColored));
        IsLive = environment.IsErrorTerminal && environment.Variable("TERM") is not "dumb" && !isJson && !isQuiet;
    }

    public bool IsJson { get; }

    public bool IsQuiet { get; }

    /// <summary>Whether progress may be drawn and redrawn.</summary>
    public bool IsLive { get; }

    /// <summary>The console behind standard error, for what is drawn.</summary>
    public IAnsiConsole Screen => _error.Value;

    public int ScreenHeight => _environment.Height;

    /// <summary>One line of data.</summary>
    public void Line(string text) => _environment.Out.WriteLine(text);

    /// <summary>One JSON document of data, on one line.</summary>
    public void Json(JsonNode document) => _environment.Out.WriteLine(document.ToJsonString(Compact));

    /// <summary>A table of data.</summary>
    public void Table(Table table)
    {
        table.Border = _environment.IsOutputTerminal ? TableBorder.Simple : TableBorder.None;
        foreach (var column in table.Columns)
        {
            column.Padding = new Padding(0, 0, 2, 0);
        }

        if (_environment.IsOutputTerminal)
        {
            _out.Value.Write(table);
            return;
        }

        // The last column is filled up with spaces, which are of no use to a file or a pipe.
        using var text = new StringWriter();
        Open(text, isTerminal: false, isColored: false).Write(table);
        foreach (var line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _environment.Out.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>Something worth knowing that is not data; nothing with <c>--quiet</c> or <c>--json</c>.</summary>
    public void Note(string text)
    {
        if (!IsQuiet && !IsJson)
        {
            // Data comes before what is said about it, where both go to one place.
            _environment.Out.Flush();
            Screen.Write(new Text(text + "\n"));
        }
    }

    /// <summary>A failure; also with <c>--quiet</c>.</summary>
    public void Fail(string text, int exitCode, CloudException? error = null)
    {
        if (IsJson)
        {
            _environment.Error.WriteLine(Errors.ToJson(text, exitCode, error).ToJsonString(Compact));
            return;
        }

        _environment.Out.Flush();
        foreach (var line in text.Split('\n'))
        {
            Screen.Write(new Text(Printable.Text(line) + "\n", new Style(Color.Red)));
        }
    }

    public void Flush()
    {
        _environment.Out.Flush();
        _environment.Error.Flush();
    }

    private IAnsiConsole Open(TextWriter writer, bool isTerminal, bool isColored)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal && _environment.Variable("TERM") is not "dumb" ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && isColored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = isTerminal ? _environment.Width : NoWidth;
        console.Profile.Height = _environment.Height;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
