using System.Buffers;
using System.Text;

namespace SkyCompat.Transfer.Sides;

/// <summary>Which names a local folder can hold. A key is never changed to fit: two keys could become one file, and what comes back would not be what went out.</summary>
internal static class PathRules
{
    private const int MaxSegmentBytes = 255;

    private static readonly SearchValues<char> Forbidden = OperatingSystem.IsWindows() ? SearchValues.Create(Path.GetInvalidFileNameChars()) : SearchValues.Create('\0');

    /// <summary>Why a name cannot be a path beneath the folder; null if it can.</summary>
    public static string? FindProblem(string name)
    {
        if (name.Length == 0)
        {
            return "The key is that of the folder itself.";
        }

        foreach (var range in name.AsSpan().Split('/'))
        {
            var segment = name.AsSpan(range);
            if (segment.IsEmpty)
            {
                return "The key has an empty segment (a slash at its start or end, or two in a row), which a folder cannot hold.";
            }

            if (segment is "." or "..")
            {
                return "The key has the segment '.' or '..', which would lead elsewhere.";
            }

            if (segment.ContainsAny(Forbidden))
            {
                return "The key has a character that file names cannot have.";
            }

            if (OperatingSystem.IsWindows() && (segment[^1] is '.' or ' '))
            {
                return "The key has a segment that ends in a dot or a space, which Windows drops.";
            }

            if (Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes)
            {
                return $"The key has a segment of more than {MaxSegmentBytes} bytes.";
            }
        }

        return name.StartsWith(StagingFolder.Name + "/", StringComparison.Ordinal) || name == StagingFolder.Name ? "The name is reserved for unfinished transfers." : null;
    }
}
