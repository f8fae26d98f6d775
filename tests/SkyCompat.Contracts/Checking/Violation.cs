namespace SkyCompat.Contracts;

/// <summary>A request or reply that does not keep to the description.</summary>
/// <param name="Description">The description's name.</param>
/// <param name="Operation">The operation, or method and path where none was found.</param>
/// <param name="Direction">Who said it.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Place">Where: <c>query</c>, <c>header</c> or <c>path</c> with a name, or <c>body</c> with the way to the field.</param>
/// <param name="Expected">What the description asks for.</param>
/// <param name="Found">What was there, shortened; empty where it could be a secret.</param>
public sealed record Violation(string Description, string Operation, ContractDirection Direction, ViolationKind Kind, string Place, string Expected, string Found)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Description} {Operation}, {(Direction == ContractDirection.Request ? "request" : "reply")}, {Place}: {Kind}: expected {Expected}{(Found.Length == 0 ? "" : $", found {Found}")}";
}
