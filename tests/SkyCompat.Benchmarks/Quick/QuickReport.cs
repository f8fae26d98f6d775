using System.Diagnostics;
using System.Globalization;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Runs two sides in turn and prints a line for each measure.</summary>
internal sealed class QuickReport
{
    private const int Rounds = 5;
    private const int RoundsOfShortOnes = 15;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    public QuickReport() => Console.WriteLine($"{"measure",-44} {"ours",14} {"peer",14} {"ratio",7}");

    /// <summary>Compares rates; a ratio above 1 means that ours is faster. Both sides run in turn, and the medians are compared.</summary>
    /// <param name="measure">What is measured, peer included.</param>
    /// <param name="unit">The unit of the work, such as <c>MB</c>; printed per second.</param>
    /// <param name="work">How much work one round does.</param>
    /// <param name="ours">Our side.</param>
    /// <param name="peer">The other side.</param>
    /// <param name="operations">How many operations one round does, to print what each allocates; 0 for the whole round.</param>
    public async Task CompareAsync(string measure, string unit, double work, Func<Task> ours, Func<Task> peer, int operations = 0)
    {
        // Until both sides, and a server that compiles as it runs, are compiled for good.
        var warmedUp = Stopwatch.GetTimestamp();
        var turns = 0;
        for (; turns == 0 || Stopwatch.GetElapsedTime(warmedUp) < WarmUp; turns++)
        {
            await ours();
            await peer();
        }

        var rounds = Stopwatch.GetElapsedTime(warmedUp) / (2 * turns) < Short ? RoundsOfShortOnes : Rounds;
        var (our, their) = (new List<Sample>(), new List<Sample>());
        for (var round = 0; round < rounds; round++)
        {
            // Each goes first as often as the other, so that neither always pays for what the other left behind.
            var (first, second) = round % 2 == 0 ? ((our, ours), (their, peer)) : ((their, peer), (our, ours));
            first.Item1.Add(await Sample.TakeAsync(first.Item2));
            second.Item1.Add(await Sample.TakeAsync(second.Item2));
        }

        var (ourRate, theirRate) = (work / Sample.MedianSeconds(our), work / Sample.MedianSeconds(their));
        Print(measure, $"{Format(ourRate)} {unit}/s", $"{Format(theirRate)} {unit}/s", ourRate / theirRate);
        var (ourBytes, theirBytes) = (Sample.MedianBytes(our) / Math.Max(1, operations), Sample.MedianBytes(their) / Math.Max(1, operations));
        Print("  allocated" + (operations > 0 ? " per operation" : ""), $"{Format(ourBytes / 1024)} KB", $"{Format(theirBytes / 1024)} KB", theirBytes == 0 ? double.NaN : ourBytes / theirBytes);
    }

    /// <summary>Prints a figure that has a limit instead of a peer.</summary>
    public void Limit(string measure, double value, double limit, string unit) => Print(measure, $"{Format(value)} {unit}", $"{Format(limit)} {unit}", value / limit);

    private static void Print(string measure, string ours, string peer, double ratio) =>
        Console.WriteLine($"{measure,-44} {ours,14} {peer,14} {ratio.ToString("0.00", CultureInfo.InvariantCulture),7}");

    private static string Format(double value) => value.ToString(value >= 100 ? "N0" : "0.0", CultureInfo.InvariantCulture);
}
