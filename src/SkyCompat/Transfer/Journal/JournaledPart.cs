using SkyCompat.ObjectStorage;
using SkyCompat.Sqlite;

namespace SkyCompat.Transfer.Journal;

/// <summary>A part that the destination holds.</summary>
/// <param name="Part">What completing needs.</param>
/// <param name="Checksum">The checksum of its bytes, if it is known.</param>
internal sealed record JournaledPart(UploadedPart Part, Checksum? Checksum)
{
    public void Write(SqliteDatabase database, string name) =>
        database.Prepare("INSERT OR REPLACE INTO part (name, number, tag, size, algorithm, checksum) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, name)
            .Bind(2, (long)Part.Number)
            .Bind(3, Part.Tag.ToString())
            .Bind(4, Part.Size)
            .Bind(5, (long?)Checksum?.Algorithm)
            .Bind(6, Checksum?.Value.ToArray())
            .Execute();
}
