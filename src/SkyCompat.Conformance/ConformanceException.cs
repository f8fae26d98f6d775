namespace SkyCompat.Conformance;

/// <summary>A promise of the contract does not hold.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConformanceException()
        : base("The contract does not hold.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what was seen.</param>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what was seen.</param>
    /// <param name="innerException">What was thrown instead.</param>
    public ConformanceException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
