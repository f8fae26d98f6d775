using Spectre.Console;
using SkyCompat.Cli.Transfers;
using SkyCompat.Transfer;

namespace SkyCompat.Cli.Tests.Transfers;

public sealed class ProgressTests
{
    private static readonly TransferProgress Half = new()
    {
        Elapsed = TimeSpan.FromSeconds(75),
        FoundObjects = 400,
        FoundBytes = 2L << 30,
        IsListingDone = true,
        CopiedObjects = 123,
        MovedBytes = 1L << 30,
        SkippedObjects = 3,
        FailedObjects = 1,
        BytesPerSecond = 128 << 20,
        Remaining = TimeSpan.FromSeconds(8),
        Concurrency = 24,
        Objects = [new TransferObjectProgress("films/long.mp4", 1L << 30, 1L << 28), new TransferObjectProgress("a\u001b[31m.bin", 100, 50)],
    };

    [Fact]
    public void Line_Progress_SaysAll() => ProgressText.Line(Half).ShouldBe("1.0 GiB of 2.0 GiB, 128.0 MiB/s, 8.0 s left, 123 of 400 objects, 3 skipped, 1 failed");

    [Fact]
    public void Line_WhileListing_SaysThatThereIsMore() =>
        ProgressText.Line(Half with { IsListingDone = false, Remaining = null }).ShouldBe("1.0 GiB of 2.0 GiB+, 128.0 MiB/s, 123 of 400+ objects, 3 skipped, 1 failed");

    [Fact]
    public void View_Progress_HasABarForTheWholeAndForEachObject()
    {
        var lines = Draw(Half, width: 100, height: 24);

        lines.Length.ShouldBe(4);
        lines[0].ShouldBe(new string('━', 15) + new string('─', 15) + "  50 %  1.0 GiB of 2.0 GiB  128.0 MiB/s  8.0 s left");
        lines[1].ShouldStartWith("123 of 400 objects, 3 skipped, 1 failed");
        lines[2].ShouldBe("  ━━━━────────────  25 %    1.0 GiB  films/long.mp4");
        lines[3].ShouldNotContain('\u001b');
    }

    [Fact]
    public void View_SmallTerminal_ShowsFewer() => Draw(Half, width: 100, height: 5).Length.ShouldBe(3);

    [Fact]
    public void View_LongName_KeepsItsEnd() => Draw(Half with { Objects = [new TransferObjectProgress(new string('x', 200) + "/end.txt", 1, 0)] }, width: 80, height: 24)[2].ShouldEndWith("xxx/end.txt");

    private static string[] Draw(TransferProgress progress, int width, int height)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(ProgressView.Render(progress, width, height));
        return [.. writer.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }
}
