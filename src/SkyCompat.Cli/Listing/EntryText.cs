namespace SkyCompat.Cli.Listing;

/// <summary>How an entry of a list is shown.</summary>
internal static class EntryText
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Line(ListEntry entry, string name, bool exact) => entry.Kind is ListEntryKind.Prefix
        ? $"{"",20}  {"folder",10}  {Printable.Text(name)}"
        : $"{Time(entry.LastModified)}  {(exact ? entry.Size.ToString(CultureInfo.InvariantCulture) : ByteSize.Format(entry.Size)),10}  {Printable.Text(name)}{(entry.Tier is StorageTier.Standard ? "" : $"  [{Choice.Word(entry.Tier)}]")}";

    public static JsonObject Json(ListEntry entry, string name) => entry.Kind is ListEntryKind.Prefix
        ? new JsonObject { ["type"] = "folder", ["name"] = name, ["key"] = entry.Key }
        : new JsonObject
        {
            ["type"] = "object",
            ["name"] = name,
            ["key"] = entry.Key,
            ["size"] = entry.Size,
            ["modified"] = entry.LastModified,
            ["tier"] = Choice.Name(entry.Tier),
            ["tag"] = entry.Tag.IsEmpty ? null : entry.Tag.ToString(),
        };
}
