using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using SkyCompat.Cli.Terminal;

namespace SkyCompat.Cli.Tests.Docs;

/// <summary>Keeps docs/cli.md true: it names every command and option, every exit code and every type of JSON document.</summary>
public sealed partial class CliDocsTests
{
    /// <summary>Their help says all there is to say.</summary>
    private static readonly string[] SmallOptions = ["--recursive", "--bytes", "--version-id", "--force", "--yes", "--method", "--expires", "--region", "--user", "--timeout", "--count", "--size", "--version"];

    private static readonly string Page = File.ReadAllText(Path.Combine(FindRoot(), "docs/cli.md"));

    [Fact]
    public void Page_NamesEveryCommandAndOption()
    {
        var root = SkycRoot.Create(CliEnvironment.OfProcess());
        var commands = root.Subcommands.Select(command => $"`{command.Name}").Where(name => !Page.Contains(name, StringComparison.Ordinal));
        var options = root.Subcommands.Append<Command>(root).SelectMany(command => command.Options).Select(option => option.Name).Distinct(StringComparer.Ordinal)
            .Except(SmallOptions, StringComparer.Ordinal).Where(name => !Page.Contains($"`{name}", StringComparison.Ordinal));

        commands.Concat(options).ShouldBeEmpty();
    }

    [Fact]
    public void Page_NamesEveryExitCode()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(int)).Select(field => (int)field.GetRawConstantValue()!);

        codes.Where(code => !Page.Contains($"\n| {code} |", StringComparison.Ordinal) || !Regex.IsMatch(ExitCode.HelpText, $@"^  {code} ", RegexOptions.Multiline, TimeSpan.FromSeconds(1))).ShouldBeEmpty();
    }

    [Fact]
    public void Page_NamesEveryDocument()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(FindRoot(), "src/SkyCompat.Cli"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var types = sources.SelectMany(path => DocumentType().Matches(File.ReadAllText(path))).SelectMany(match => Word().Matches(match.Groups["value"].Value)).Select(match => match.Groups["word"].Value).Distinct(StringComparer.Ordinal).ToList();

        types.Count.ShouldBeGreaterThan(20);
        types.Where(type => !Page.Contains($"`{type}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SkyCompat.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }

    /// <summary>What is set as the type of a document, to the end of the value.</summary>
    [GeneratedRegex("""\["type"\] = (?<value>[^,;\n]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentType();

    [GeneratedRegex("\"(?<word>[a-zA-Z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
