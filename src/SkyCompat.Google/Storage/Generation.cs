using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>The generation of an object: a positive number, new with each content of a name and never used again. It is both the tag and the version id.</summary>
internal static class Generation
{
    public static string Format(long generation) => generation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a generation. Zero is none: as a condition it would say that there is no object.</summary>
    public static bool TryParse(string? text, out long generation) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out generation) && generation > 0;

    /// <summary>The generation that a write demands, with 0 for no object; null if it demands nothing.</summary>
    /// <exception cref="CloudException">PreconditionFailed: the tag is of another store, so that no object here has it.</exception>
    public static string? Demand(in WriteCondition condition) => condition.Kind switch
    {
        WriteConditionKind.MustNotExist => "0",
        WriteConditionKind.MustMatch => Demand(condition.Tag),
        _ => null,
    };

    /// <summary>The generation that a tag names.</summary>
    /// <exception cref="CloudException">PreconditionFailed: the tag is of another store, so that no object here has it.</exception>
    public static string Demand(VersionTag tag)
    {
        var text = tag.ToString();
        return TryParse(text, out _)
            ? text
            : throw new CloudException(CloudErrorCode.PreconditionFailed, "The tag that was demanded is none of Cloud Storage, so that no object here has it.");
    }

    public static GoogleCondition KindOf(in WriteCondition condition) => condition.Kind switch
    {
        WriteConditionKind.MustNotExist => GoogleCondition.IfAbsent,
        WriteConditionKind.MustMatch => GoogleCondition.IfMatch,
        _ => GoogleCondition.None,
    };
}
