namespace SkyCompat.Cli.Listing;

/// <summary>Names of a bucket's features, one by one.</summary>
internal static class Features
{
    private static readonly BucketFeatures[] Single = [.. Enum.GetValues<BucketFeatures>().Where(feature => System.Numerics.BitOperations.PopCount((ulong)feature) == 1)];

    public static IEnumerable<string> Of(BucketFeatures features) => Single.Where(feature => features.HasFlag(feature)).Select(feature => feature.ToString());

    public static IEnumerable<string> MissingFrom(BucketFeatures features) => Single.Where(feature => !features.HasFlag(feature)).Select(feature => feature.ToString());

    public static int Count => Single.Length;
}
