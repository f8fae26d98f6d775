using System.Net;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Looks at long-running operations, by the address that the reply which began them named.</summary>
internal sealed class ArmOperations(ArmClient client)
{
    /// <summary>Looks once.</summary>
    /// <param name="address">What <see cref="ArmReply.Operation"/> said.</param>
    /// <param name="subject">What the operation is about.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it is done, and the error inside one that failed or was cancelled.</returns>
    public async Task<OperationCheck> CheckAsync(string address, ArmSubject subject, CancellationToken cancellationToken)
    {
        ArmReply reply;
        try
        {
            reply = await client.SendAsync(HttpMethod.Get, client.Resolve(address), body: null, subject, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            // Operations are kept for a while only.
            return OperationCheck.Done;
        }

        // An address of the kind Location tells by the status alone, one of the kind Azure-AsyncOperation by the word.
        return reply.Body.Text("status") switch
        {
            null => reply.Status == (int)HttpStatusCode.Accepted ? OperationCheck.Pending : OperationCheck.Done,
            { } status when Is(status, "Succeeded") => OperationCheck.Done,
            { } status when Is(status, "Failed") || Is(status, "Canceled") => new OperationCheck(IsDone: true, ArmErrors.Create(ArmFailure.ReadOperation(reply.Body, status), subject, isWrite: false)),
            _ => OperationCheck.Pending,
        };
    }

    private static bool Is(string status, string word) => status.Equals(word, StringComparison.OrdinalIgnoreCase);
}
