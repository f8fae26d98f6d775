using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>A published example: a request, and replies to it.</summary>
/// <param name="Description">The description's name.</param>
/// <param name="Operation">The operation that it is an example of.</param>
/// <param name="Name">Where it comes from.</param>
/// <param name="Request">The request.</param>
/// <param name="Replies">The replies.</param>
internal sealed record Exchange(string Description, string Operation, string Name, ContractRequest Request, IReadOnlyList<ContractReply> Replies);
