namespace SkyCompat.Cli.Naming;

/// <summary>A name as it was written: <c>cloud:bucket/key</c>, <c>@logical/key</c>, a path, or <c>-</c>. Says nothing about whether it exists.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Owner">The cloud or the logical bucket; empty otherwise.</param>
/// <param name="Bucket">The bucket at the provider; empty for a whole cloud, and for the other kinds.</param>
/// <param name="Key">The key or prefix, verbatim; the path for a path.</param>
internal sealed record StorageName(NameKind Kind, string Owner, string Bucket, string Key)
{
    /// <summary>Whether this names many: a whole bucket, or a key or path that ends with a slash.</summary>
    public bool IsFolder => Kind is NameKind.Path ? Key.EndsWith('/') || (OperatingSystem.IsWindows() && Key.EndsWith('\\')) : Kind is not NameKind.Standard && (Key.Length == 0 || Key.EndsWith('/'));

    public static StorageName Parse(string text)
    {
        switch (text)
        {
            case "":
                throw new UsageException("A name is empty. Write cloud:bucket/key, @logical/key, a path, or - for standard input or output. Was a variable not set?");
            case "-":
                return new StorageName(NameKind.Standard, "", "", "");
            case ['@', ..]:
                return ParseLogical(text);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.AsSpan().IndexOfAny('/', '\\');
        if (colon == 0)
        {
            throw new UsageException($"'{text}' names no cloud before the colon. Write cloud:bucket/key; a file of this name is written ./{text}.");
        }

        // Where there are drives, one letter before the colon is one, and no cloud.
        var isDrive = OperatingSystem.IsWindows() && colon == 1 && char.IsAsciiLetter(text[0]);
        var isPath = colon < 0 || (slash >= 0 && slash < colon) || isDrive;
        return isPath ? new StorageName(NameKind.Path, "", "", text) : ParseCloud(text, colon);
    }

    /// <summary>The name as a user would write it.</summary>
    public override string ToString() => Kind switch
    {
        NameKind.Cloud => Bucket.Length == 0 ? $"{Owner}:" : $"{Owner}:{Bucket}/{Key}",
        NameKind.Logical => $"@{Owner}/{Key}",
        NameKind.Standard => "-",
        _ => Key,
    };

    private static StorageName ParseLogical(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? text[1..] : text[1..slash];
        return name.Length > 0
            ? new StorageName(NameKind.Logical, name, "", slash < 0 ? "" : text[(slash + 1)..])
            : throw new UsageException($"'{text}' names no logical bucket after the @. Write @logical/key; a file of this name is written ./{text}.");
    }

    private static StorageName ParseCloud(string text, int colon)
    {
        var cloud = text[..colon];
        var rest = text[(colon + 1)..];
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            throw new UsageException($"'{text}' is a URL. Names are written cloud:bucket/key with a cloud of your configuration, such as {cloud}:{rest.TrimStart('/')}; `skyc clouds` lists them.");
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash == 0)
        {
            throw new UsageException($"'{text}' names no bucket. Write cloud:bucket/key, such as {cloud}:my-bucket{rest}.");
        }

        return slash < 0 ? new StorageName(NameKind.Cloud, cloud, rest, "") : new StorageName(NameKind.Cloud, cloud, rest[..slash], rest[(slash + 1)..]);
    }
}
