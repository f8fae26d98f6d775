using System.Globalization;
using System.Text.Json;

namespace SkyCompat.Aws;

/// <summary>Reads the times of EKS, which are seconds since 1970, with fractions, or texts.</summary>
internal static class EksTimes
{
    public static DateTimeOffset? Read(JsonElement time) =>
        time.ValueKind == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeMilliseconds((long)(time.GetDouble() * 1000))
        : time.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed
        : null;
}
