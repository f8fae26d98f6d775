using Spectre.Console;
using Spectre.Console.Rendering;

namespace SkyCompat.Cli.Transfers;

/// <summary>Draws the state of a transfer: a bar for the whole and one for each of the largest objects in flight.</summary>
internal static class ProgressView
{
    private const int MaxObjects = 8;
    private const int BarWidth = 30;
    private const int ObjectBarWidth = 16;

    public static IRenderable Render(TransferProgress progress, int width, int height)
    {
        var rest = progress.Remaining is { } remaining ? $"  {Age.Format(remaining)} left" : progress.IsListingDone ? "" : "  still listing";
        var text = $" {Percent(progress.MovedBytes, progress.FoundBytes)}  {ProgressText.Bytes(progress)}  {ByteSize.Format(progress.BytesPerSecond)}/s{rest}";
        var whole = new Paragraph();
        // A line that wraps would be drawn again below itself.
        Append(whole, progress.MovedBytes, progress.FoundBytes, Math.Clamp(width - text.Length - 1, 4, BarWidth));
        whole.Append(text);
        var objects = new Paragraph($"{ProgressText.Objects(progress)}  ");
        objects.Append(string.Create(CultureInfo.InvariantCulture, $"{Age.Format(progress.Elapsed)}, up to {progress.Concurrency} at a time"), new Style(Color.Grey));
        var rows = new List<IRenderable> { whole, objects };
        foreach (var item in progress.Objects.Take(Math.Clamp(height - 4, 0, MaxObjects)))
        {
            var line = new Paragraph("  ");
            Append(line, item.MovedBytes, item.Size, ObjectBarWidth);
            line.Append($" {Percent(item.MovedBytes, item.Size)} {ByteSize.Format(item.Size),10}  {Shorten(Printable.Text(item.Name), width - ObjectBarWidth - 24)}");
            rows.Add(line);
        }

        return new Rows(rows);
    }

    private static void Append(Paragraph line, long done, long all, int width)
    {
        var filled = all <= 0 ? 0 : (int)Math.Clamp((double)done / all * width, 0, width);
        line.Append(new string('━', filled), new Style(Color.Green));
        line.Append(new string('─', width - filled), new Style(Color.Grey));
    }

    private static string Percent(long done, long all) => string.Create(CultureInfo.InvariantCulture, $"{(all <= 0 ? 0 : Math.Min(100, 100.0 * done / all)),3:N0} %");

    /// <summary>Keeps the end of a name, which tells more than its folders.</summary>
    private static string Shorten(string name, int width) => name.Length <= width ? name : width <= 1 ? "" : "…" + name[^(width - 1)..];
}
