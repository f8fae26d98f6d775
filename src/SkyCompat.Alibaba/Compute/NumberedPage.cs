using System.Globalization;

namespace SkyCompat.Alibaba;

/// <summary>The pages of lists that are counted from one and tell how many items there are in all.</summary>
internal static class NumberedPage
{
    /// <summary>The largest page that all of them take.</summary>
    public const int Size = 50;

    /// <summary>The number that a page token asks for.</summary>
    public static int Parse(string? pageToken) => pageToken is null ? 1
        : int.TryParse(pageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new CloudException(CloudErrorCode.InvalidArgument, "The page token is not one of this list.");

    /// <summary>What asks for the page after <paramref name="number"/>; null if it was the last.</summary>
    public static string? Next(int number, double total) => (double)number * Size < total ? (number + 1).ToString(CultureInfo.InvariantCulture) : null;
}
