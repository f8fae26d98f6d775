namespace WriteOnce;

/// <summary>The user asked for something that cannot be; the message says what to do instead.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What the command line says.</summary>
internal sealed record Arguments(string? Cloud, string? Folder, string? Bucket, bool Keep, bool Help)
{
    public const string HelpText =
        """
        Takes a folder of real files through object storage and checks every byte on the way: creates a bucket, uploads,
        lists, reads ranges, fetches signed URLs, counts by compare-and-swap, copies, reads everything back, cleans up.

        Usage: dotnet run --project samples/WriteOnce -- [OPTIONS] [FOLDER]

          FOLDER, --folder PATH   the files to take; links are not followed. Default: this repository's own.
          --cloud NAME            a cloud of appsettings.json. Default: its DefaultCloud, which is on this machine.
          --bucket NAME           the bucket to make; it must not exist. Default: a name that nobody has.
          --keep                  leave the bucket and its objects when done.
          --help                  print this.

        Exit code: 0 all checks passed; 1 a check or a request failed; 2 wrong arguments or configuration; 130 interrupted.
        """;

    public static Arguments Parse(IEnumerable<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var (name, value) = argument.Split('=', 2) is [['-', '-', ..] left, var right] ? (left, right) : (argument, null);
            (name, value) = name switch
            {
                "--cloud" or "--bucket" or "--folder" => (name, value ?? (rest.TryDequeue(out var next) ? next : "")),
                "--keep" or "--help" when value is null => (name, name),
                "-h" or "-?" => ("--help", name),
                ['-', ..] => throw new UsageException($"Unknown option '{argument}'; --help lists those there are."),
                _ => ("--folder", argument),
            };
            if (value.Length == 0 || !values.TryAdd(name, value))
            {
                throw new UsageException(value.Length == 0 ? $"{name} needs a value; --help says which." : $"{name} is given twice: '{values[name]}' and '{value}'.");
            }
        }

        return new Arguments(
            values.GetValueOrDefault("--cloud"),
            values.GetValueOrDefault("--folder"),
            values.GetValueOrDefault("--bucket"),
            values.ContainsKey("--keep"),
            values.ContainsKey("--help"));
    }
}
