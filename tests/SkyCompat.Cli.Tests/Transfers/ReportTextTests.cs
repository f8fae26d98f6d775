using SkyCompat.Cli.Terminal;
using SkyCompat.Cli.Transfers;
using SkyCompat.Transfer;

namespace SkyCompat.Cli.Tests.Transfers;

public sealed class ReportTextTests
{
    private static readonly TransferReport Report = new()
    {
        Copied = 4,
        Routes = new Dictionary<TransferRoute, long> { [TransferRoute.Pipe] = 4 },
        Fallbacks = [new TransferFallback { Route = TransferRoute.Pull, Objects = 3, Reason = "the destination cannot reach it." }],
    };

    [Fact]
    public void Print_RouteThatWasLeft_SaysHowManyAndWhy() =>
        Print(Report, isJson: false).ShouldContain("3 objects could not take the route pull, and took the next: the destination cannot reach it.");

    [Fact]
    public void Print_Json_HasTheRoutesThatWereLeft() =>
        Print(Report, isJson: true).ShouldContain("""{"route":"pull","objects":3,"reason":"the destination cannot reach it."}""");

    [Fact]
    public void Sum_RoutesThatWereLeft_AreAdded()
    {
        var sum = ReportText.Sum([Report, Report with { Fallbacks = [Report.Fallbacks[0] with { Objects = 2, Reason = "other" }] }]);

        sum.Fallbacks.ShouldBe([new TransferFallback { Route = TransferRoute.Pull, Objects = 5, Reason = "the destination cannot reach it." }]);
    }

    private static string Print(TransferReport report, bool isJson)
    {
        using var writer = new StringWriter();
        var environment = new CliEnvironment
        {
            Out = writer,
            Error = writer,
            OpenInput = () => Stream.Null,
            OpenOutput = () => Stream.Null,
            ReadAnswer = () => null,
            IsInputTerminal = false,
            IsOutputTerminal = false,
            IsErrorTerminal = false,
            Folder = "/",
            Variables = new Dictionary<string, string>(StringComparer.Ordinal),
            Time = TimeProvider.System,
        };
        var output = new CliOutput(environment, isJson, false, false);
        ReportText.Print(output, report);
        output.Flush();
        return writer.ToString();
    }
}
