using System.Globalization;
using System.Net.Http.Headers;

namespace SkyCompat.Alibaba;

/// <summary>What the headers of a reply say.</summary>
internal static class RpcHeaders
{
    private static readonly string[] Limits = ["x-ratelimit-user-api", "x-ratelimit-user"];

    /// <summary>How long to wait: the longer <c>TimeLeft</c>, in milliseconds, of the limits for the operation and for the user.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var longest = 0L;
        foreach (var name in Limits)
        {
            if (headers.NonValidated.TryGetValues(name, out var values))
            {
                longest = Math.Max(longest, TimeLeft(values.ToString()));
            }
        }

        return longest > 0 ? TimeSpan.FromMilliseconds(longest) : headers.RetryAfter?.Delta;
    }

    private static long TimeLeft(string limit)
    {
        foreach (var pair in limit.Split(',', StringSplitOptions.TrimEntries))
        {
            if (pair.StartsWith("TimeLeft:", StringComparison.OrdinalIgnoreCase) && long.TryParse(pair.AsSpan("TimeLeft:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var milliseconds))
            {
                return milliseconds;
            }
        }

        return 0;
    }
}
