namespace SkyCompat.Local;

/// <summary>Bodies in the index: who holds them, and what they are made of.</summary>
internal static class BodyTable
{
    public static BodyReference AddInline(WriteTransaction transaction, ReadOnlySpan<byte> bytes)
    {
        var id = transaction.NextSequence();
        transaction.Database.Prepare("INSERT INTO inline_bodies VALUES (?1, 1, ?2)").Bind(1, id).Bind(2, bytes).Execute();
        return new BodyReference(BodyKind.Inline, id);
    }

    public static BodyReference AddFile(WriteTransaction transaction, long id)
    {
        transaction.Database.Prepare("INSERT INTO file_bodies VALUES (?1, 1)").Bind(1, id).Execute();
        return new BodyReference(BodyKind.File, id);
    }

    /// <summary>Makes one body of several. It takes over the references that the segments' owners held.</summary>
    public static BodyReference AddJoined(WriteTransaction transaction, IReadOnlyList<BodySegment> segments)
    {
        var id = transaction.NextSequence();
        transaction.Database.Prepare("INSERT INTO joined_bodies VALUES (?1, 1)").Bind(1, id).Execute();
        var insert = transaction.Database.Prepare("INSERT INTO segments VALUES (?1, ?2, ?3, ?4, ?5, ?6)").Bind(1, id);
        long position = 0;
        foreach (var segment in segments)
        {
            insert.Bind(2, position).Bind(3, (long)segment.Body.Kind).Bind(4, segment.Body.Id).Bind(5, segment.Offset).Bind(6, segment.Length).Execute();
            position += segment.Length;
        }

        return new BodyReference(BodyKind.Joined, id);
    }

    /// <summary>Counts one more holder.</summary>
    public static void AddReference(WriteTransaction transaction, BodyReference body)
    {
        if (body.Kind != BodyKind.Empty)
        {
            transaction.Database.Prepare(Select(body.Kind, "UPDATE inline_bodies SET refs = refs + 1 WHERE id = ?1", "UPDATE file_bodies SET refs = refs + 1 WHERE id = ?1", "UPDATE joined_bodies SET refs = refs + 1 WHERE id = ?1"))
                .Bind(1, body.Id).Execute();
        }
    }

    /// <summary>Counts one holder less; the last one takes the body along.</summary>
    public static void Release(WriteTransaction transaction, BodyReference body)
    {
        if (body.Kind == BodyKind.Empty)
        {
            return;
        }

        var deleted = transaction.Database
            .Prepare(Select(body.Kind, "DELETE FROM inline_bodies WHERE id = ?1 AND refs = 1", "DELETE FROM file_bodies WHERE id = ?1 AND refs = 1", "DELETE FROM joined_bodies WHERE id = ?1 AND refs = 1"))
            .Bind(1, body.Id).Execute();
        if (deleted == 0)
        {
            transaction.Database.Prepare(Select(body.Kind, "UPDATE inline_bodies SET refs = refs - 1 WHERE id = ?1", "UPDATE file_bodies SET refs = refs - 1 WHERE id = ?1", "UPDATE joined_bodies SET refs = refs - 1 WHERE id = ?1"))
                .Bind(1, body.Id).Execute();
        }
        else if (body.Kind == BodyKind.File)
        {
            transaction.AddGarbage(body.Id);
        }
        else if (body.Kind == BodyKind.Joined)
        {
            var segments = ReadSegments(transaction.Database, body.Id, new ServedRange(0, long.MaxValue));
            transaction.Database.Prepare("DELETE FROM segments WHERE joined = ?1").Bind(1, body.Id).Execute();
            foreach (var segment in segments)
            {
                Release(transaction, segment.Body);
            }
        }
    }

    /// <summary>The inline and file bodies that hold some bytes of a body, in order.</summary>
    public static List<BodySegment> Flatten(SqliteDatabase database, BodyReference body, ServedRange range) => body.Kind switch
    {
        BodyKind.Empty => [],
        BodyKind.Joined => ReadSegments(database, body.Id, range),
        _ => [new BodySegment(body, range.Offset, range.Length)],
    };

    /// <summary>The bytes of an inline body.</summary>
    /// <returns>The bytes, or null if it is gone.</returns>
    public static byte[]? ReadInline(SqliteDatabase database, long id, ServedRange range)
    {
        var statement = database.Prepare("SELECT bytes FROM inline_bodies WHERE id = ?1").Bind(1, id);
        try
        {
            return statement.Step() ? Cut(statement.Blob(0), range) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    public static byte[]? Cut(ReadOnlySpan<byte> bytes, ServedRange range) =>
        bytes.Length >= range.Offset + range.Length ? bytes.Slice((int)range.Offset, (int)range.Length).ToArray() : null;

    private static List<BodySegment> ReadSegments(SqliteDatabase database, long joined, ServedRange range)
    {
        // The first wanted byte is in the last segment that does not start after it.
        var statement = database.Prepare(
            """
            SELECT position, kind, body, offset, length FROM segments
            WHERE joined = ?1 AND position < ?3
              AND position >= (SELECT position FROM segments WHERE joined = ?1 AND position <= ?2 ORDER BY position DESC LIMIT 1)
            ORDER BY position
            """);
        var end = range.Length > long.MaxValue - range.Offset ? long.MaxValue : range.Offset + range.Length;
        statement.Bind(1, joined).Bind(2, range.Offset).Bind(3, end);
        var segments = new List<BodySegment>();
        try
        {
            while (statement.Step())
            {
                var position = statement.Int64(0);
                var length = statement.Int64(4);
                var skip = Math.Max(0, range.Offset - position);
                segments.Add(new BodySegment(
                    new BodyReference((BodyKind)statement.Int32(1), statement.Int64(2)),
                    statement.Int64(3) + skip,
                    Math.Min(position + length, end) - position - skip));
            }
        }
        finally
        {
            statement.Reset();
        }

        return segments;
    }

    private static string Select(BodyKind kind, string inline, string file, string joined) => kind switch
    {
        BodyKind.Inline => inline,
        BodyKind.File => file,
        _ => joined,
    };
}
