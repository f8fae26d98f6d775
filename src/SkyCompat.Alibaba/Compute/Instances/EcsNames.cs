using System.Globalization;

namespace SkyCompat.Alibaba;

/// <summary>Names for instances that are launched together: ECS counts them itself, <c>web-[2,1]</c> standing for web-2, web-3 and so on, with at least that many digits.</summary>
internal static class EcsNames
{
    /// <summary>ECS takes no shorter names.</summary>
    private const int MinLength = 2;

    /// <summary>The name for a launch; null if ECS shall choose.</summary>
    public static string? Of(IReadOnlyList<string> names)
    {
        if (names is [var single])
        {
            return single.Length < MinLength ? null : single;
        }

        var dash = names[0].LastIndexOf('-');
        return dash > 0 && int.TryParse(names[0].AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? string.Create(CultureInfo.InvariantCulture, $"{names[0].AsSpan(0, dash + 1)}[{first},{names[0].Length - dash - 1}]")
            : names[0];
    }
}
