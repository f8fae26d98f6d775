using System.Globalization;

namespace SkyCompat.Kubernetes;

/// <summary>Amounts as a cluster writes them itself, so that applying them again changes nothing.</summary>
internal static class Quantity
{
    private static readonly string[] Suffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];

    public static string OfCores(double cores)
    {
        var thousandths = (long)Math.Ceiling(cores * 1000);
        return thousandths % 1000 == 0 ? (thousandths / 1000).ToString(CultureInfo.InvariantCulture) : thousandths.ToString(CultureInfo.InvariantCulture) + "m";
    }

    public static string OfBytes(long bytes)
    {
        var step = 0;
        while (bytes > 0 && bytes % 1024 == 0 && step < Suffixes.Length - 1)
        {
            bytes /= 1024;
            step++;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + Suffixes[step];
    }
}
