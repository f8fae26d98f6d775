using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SkyCompat.Cli;

/// <summary>The help of the command line library, with examples and exit codes below.</summary>
internal sealed class ExamplesHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is SkycCommand { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  skyc {example}");
            }

            output.WriteLine();
        }

        output.WriteLine(ExitCode.HelpText);
        return code;
    }
}
