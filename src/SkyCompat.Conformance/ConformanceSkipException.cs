namespace SkyCompat.Conformance;

/// <summary>A case cannot be run here; the message says why. It is reported as a skip, never as a pass.</summary>
public sealed class ConformanceSkipException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConformanceSkipException()
        : base("Skipped.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why.</param>
    public ConformanceSkipException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">The cause.</param>
    public ConformanceSkipException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
