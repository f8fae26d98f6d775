using System.Globalization;

namespace SkyCompat.CrashTarget;

/// <summary>What the killed transfer moves.</summary>
public static class TransferTarget
{
    public const string Bucket = "crash-transfer";
    public const int Objects = 2_000;

    private const int LargeBytes = 24 << 20;
    private const int LargeEvery = 400;

    public static string KeyOf(int index) => index.ToString("d5", CultureInfo.InvariantCulture);

    /// <summary>Mostly small, with a few that go in parts.</summary>
    public static int SizeOf(int index) => index % LargeEvery == 7 ? LargeBytes + index : 500 + index;
}
