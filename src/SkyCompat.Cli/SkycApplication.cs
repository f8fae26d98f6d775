using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat.Cli;

/// <summary>The whole program, from a command line to an exit code.</summary>
internal static class SkycApplication
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The command line, without the program's name.</param>
    /// <param name="environment">What surrounds the program.</param>
    /// <param name="replace">Replaces services, for tests.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment, Action<IServiceCollection>? replace = null, CancellationToken cancellationToken = default)
    {
        var root = SkycRoot.Create(environment);
        // "@media/key" is a logical bucket here, not a file of further arguments.
        var parse = root.Parse(arguments.Count > 0 ? arguments : ["--help"], new ParserConfiguration { ResponseFileTokenReplacer = null });
        var output = new CliOutput(environment, parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Quiet), !parse.GetValue(GlobalOptions.NoColor));
        try
        {
            return await RunAsync(parse, environment, output, replace, cancellationToken);
        }
        catch (Exception exception) when (Errors.Explain(exception) is { } known)
        {
            output.Fail(known.Message, known.ExitCode, exception as CloudException);
            return known.ExitCode;
        }
        finally
        {
            output.Flush();
        }
    }

    private static async Task<int> RunAsync(ParseResult parse, CliEnvironment environment, CliOutput output, Action<IServiceCollection>? replace, CancellationToken cancellationToken)
    {
        var isSuggestion = parse.Tokens is [{ Type: System.CommandLine.Parsing.TokenType.Directive }, ..];
        if (parse.Action is { ClearsParseErrors: true } || (parse.Action is not null && (isSuggestion || parse.Errors.Count == 0)))
        {
            return await parse.InvokeAsync(new InvocationConfiguration { Output = environment.Out, Error = environment.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
        }

        if (parse.Errors.Count > 0 || parse.CommandResult.Command is not SkycCommand command)
        {
            throw new UsageException(WrongUsage.Explain(parse));
        }

        await using var context = new CommandContext(parse, environment, output, replace);
        return await command.RunAsync(context, cancellationToken);
    }
}
