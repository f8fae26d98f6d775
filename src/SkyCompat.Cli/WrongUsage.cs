using SkyCompat.Hosting;

namespace SkyCompat.Cli;

/// <summary>Says what is wrong with a command line, what was probably meant, and where to read on.</summary>
internal static class WrongUsage
{
    public static string Explain(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var path = new List<string>();
        for (var result = parse.CommandResult; result?.Parent is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Insert(0, result.Command.Name);
        }

        var name = string.Join(' ', path.Prepend("skyc"));
        var messages = parse.UnmatchedTokens.Count > 0 && command.Subcommands.Count > 0
            ? [$"There is no command '{parse.UnmatchedTokens[0]}'.{ConfigurationKeys.Suggest(parse.UnmatchedTokens[0], command.Subcommands.Select(sub => sub.Name))}"]
            : parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal).ToList();

        return $"{string.Join('\n', messages)}\n`{name} --help` shows how it is used.";
    }
}
