namespace SkyCompat.Cli.Naming;

/// <summary>What a name on the command line stands for.</summary>
internal enum NameKind
{
    /// <summary>A file or folder of this machine.</summary>
    Path,

    /// <summary><c>cloud:bucket/key</c>.</summary>
    Cloud,

    /// <summary><c>@logical/key</c>.</summary>
    Logical,

    /// <summary><c>-</c>, standard input or output.</summary>
    Standard,
}
