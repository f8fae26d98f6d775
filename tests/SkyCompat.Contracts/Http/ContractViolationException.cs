namespace SkyCompat.Contracts;

/// <summary>A message does not keep to the provider's description.</summary>
public sealed class ContractViolationException : Exception
{
    /// <summary>Makes one.</summary>
    public ContractViolationException()
        : this([])
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">The message.</param>
    public ContractViolationException(string message)
        : base(message) => Violations = [];

    /// <summary>Makes one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ContractViolationException(string message, Exception innerException)
        : base(message, innerException) => Violations = [];

    /// <summary>Makes one.</summary>
    /// <param name="violations">What is wrong.</param>
    public ContractViolationException(IReadOnlyList<Violation> violations)
        : base($"{violations.Count} violation{(violations.Count == 1 ? "" : "s")} of the provider's interface description:{string.Concat(violations.Select(violation => $"{Environment.NewLine}  {violation}"))}") => Violations = violations;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Violation> Violations { get; }
}
