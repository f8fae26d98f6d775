using SkyCompat.ObjectStorage;
using SkyCompat.Sqlite;

namespace SkyCompat.Transfer.Journal;

/// <summary>An object that was begun part by part and is not finished.</summary>
/// <param name="Tag">The tag of the source that the parts are of.</param>
/// <param name="State">What the destination needs to go on.</param>
/// <param name="Parts">The parts that it holds.</param>
internal sealed record JournaledUpload(string Tag, string State, IReadOnlyList<JournaledPart> Parts)
{
    public static JournaledUpload? Read(SqliteDatabase database, string name)
    {
        var upload = database.Prepare("SELECT tag, state FROM upload WHERE name = ?").Bind(1, name);
        if (!upload.Step())
        {
            upload.Reset();
            return null;
        }

        var (tag, state) = (upload.Text(0), upload.Text(1));
        upload.Reset();
        var parts = new List<JournaledPart>();
        var rows = database.Prepare("SELECT number, tag, size, algorithm, checksum FROM part WHERE name = ? ORDER BY number").Bind(1, name);
        while (rows.Step())
        {
            var checksum = rows.IsNull(3) ? null : new Checksum((ChecksumAlgorithm)rows.Int32(3), rows.Blob(4));
            parts.Add(new JournaledPart(new UploadedPart(rows.Int32(0), VersionTag.Parse(rows.Text(1)), rows.Int64(2), checksum), checksum));
        }

        rows.Reset();
        return new JournaledUpload(tag, state, parts);
    }

    public static void Delete(SqliteDatabase database, string name)
    {
        database.Prepare("DELETE FROM upload WHERE name = ?").Bind(1, name).Execute();
        database.Prepare("DELETE FROM part WHERE name = ?").Bind(1, name).Execute();
    }
}
