using System.Text.Json;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>The tasks by which ACK tells how an operation goes.</summary>
internal static class AckTasks
{
    /// <summary>The task that a reply began; null if it names none.</summary>
    public static string? Handle(JsonElement reply) => reply.Text("task_id") is { Length: > 0 } task ? task : null;

    public static async Task<OperationCheck> CheckAsync(RoaClient client, string handle, CancellationToken cancellationToken)
    {
        var task = await client.TryGetAsync("DescribeTaskInfo", $"/tasks/{Uri.EscapeDataString(handle)}", cancellationToken).ConfigureAwait(false);
        return task.ValueKind != JsonValueKind.Object ? OperationCheck.Done : task.Text("state") switch
        {
            "success" => OperationCheck.Done,
            "failed" or "fail" or "canceled" or "cancelled" => new OperationCheck(IsDone: true, AckErrors.OfTask(task.Text("error", "code"), task.Text("error", "message"))),
            _ => OperationCheck.Pending,
        };
    }
}
