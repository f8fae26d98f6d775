using System.Text;

namespace SkyCompat.Google;

/// <summary>The metadata in which an instance finds what it runs at its first start.</summary>
internal static class GceUserData
{
    /// <summary>The longest user data. An entry holds 256 KiB, of which the form below takes a third.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>The entry: cloud-config text is for cloud-init, a script for Google's own agent, which every image of theirs has.</summary>
    public static GceMetadataItem Item(string userData) => userData.StartsWith("#!", StringComparison.Ordinal)
        ? new GceMetadataItem { Key = "startup-script", Value = Once(userData) }
        : new GceMetadataItem { Key = "user-data", Value = userData };

    /// <summary>The agent runs a startup script at every start; other clouds run user data at the first.</summary>
    private static string Once(string script) => $"""
        #!/bin/sh
        folder=/var/lib/skycompat
        [ -e "$folder/user-data.done" ] && exit 0
        mkdir -p "$folder" && touch "$folder/user-data.done" && base64 -d > "$folder/user-data" <<'END' && chmod 700 "$folder/user-data" && exec "$folder/user-data"
        {Convert.ToBase64String(Encoding.UTF8.GetBytes(script), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n")}
        END

        """.ReplaceLineEndings("\n");
}
