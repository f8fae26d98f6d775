using System.CommandLine.Completions;
using SkyCompat.Hosting;

namespace SkyCompat.Cli.Commands;

/// <summary>Arguments that are names of places.</summary>
internal static class NameArguments
{
    /// <summary>At least two; as many as the command line library allows.</summary>
    public static ArgumentArity SourcesAndDestination { get; } = new(2, ArgumentArity.OneOrMore.MaximumNumberOfValues);

    public static Argument<string> One(string label, string description) => RefuseOptions(new Argument<string>(label) { Description = description, HelpName = label });

    public static Argument<string[]> Many(string label, string description, bool isRequired = true) =>
        RefuseOptions(new Argument<string[]>(label) { Description = description, HelpName = label, Arity = isRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore });

    /// <summary>A mistyped option must not be taken for a file.</summary>
    private static T RefuseOptions<T>(T argument)
        where T : Argument
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
            {
                var options = ((System.CommandLine.Parsing.CommandResult)result.Parent!).Command.Options.Concat(GlobalOptions.All).SelectMany(option => option.Aliases.Append(option.Name));
                result.AddError($"There is no option '{token.Value}'.{ConfigurationKeys.Suggest(token.Value, options)} A file of this name is written ./{token.Value}.");
            }
        });
        return argument;
    }

    public static bool Is(Argument argument) => argument.ValueType == typeof(string) || argument.ValueType == typeof(string[]);

    /// <summary>Clouds and logical buckets by configuration; the shell completes paths by itself. Sends no request: a completion must not wait for a network.</summary>
    public static IEnumerable<CompletionItem> Complete(CompletionContext context, CliEnvironment environment)
    {
        Settings settings;
        try
        {
            settings = SettingsReader.Read(context.ParseResult.GetValue(GlobalOptions.Config) ?? [], environment);
        }
        catch (Exception exception) when (exception is UsageException or IOException or UnauthorizedAccessException)
        {
            return [];
        }

        var names = settings.Section.GetSection("Clouds").GetChildren().Select(cloud => cloud.Key + ":").Concat(settings.Section.GetSection("Buckets").GetChildren().Select(bucket => $"@{bucket.Key}/"));
        return names.Where(name => name.StartsWith(context.WordToComplete, StringComparison.OrdinalIgnoreCase)).Select(name => new CompletionItem(name));
    }
}
