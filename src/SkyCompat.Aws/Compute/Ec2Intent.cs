namespace SkyCompat.Aws;

/// <summary>What a request does, which decides how its failure reads.</summary>
internal enum Ec2Intent
{
    /// <summary>It reads.</summary>
    Read = 0,

    /// <summary>It changes something.</summary>
    Write,

    /// <summary>It changes something that was made a moment before: "not found" then means "not visible yet".</summary>
    Settle,
}
