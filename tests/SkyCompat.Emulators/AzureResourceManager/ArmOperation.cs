using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A long-running operation. Looking at it, or at what it changes, is what lets it go on: tests need no waiting.</summary>
public sealed class ArmOperation(string id, int looks, Action complete, Action<string, string> fail)
{
    private int _left = looks;

    public string Id { get; } = id;

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The code and message it is to end in; null to succeed.</summary>
    public (string Code, string Message)? Failure { get; set; }

    /// <summary>What it leads to, which its Location answers once it is done; null for nothing.</summary>
    public JsonNode? Result { get; set; }

    /// <summary>InProgress, Succeeded, Failed or Canceled.</summary>
    public string Status { get; private set; } = "InProgress";

    public bool IsDone => Status != "InProgress";

    /// <summary>Looks.</summary>
    public void Look()
    {
        if (IsDone || _left-- > 0)
        {
            return;
        }

        if (Failure is { } failure)
        {
            Status = "Failed";
            fail(failure.Code, failure.Message);
        }
        else
        {
            Status = "Succeeded";
            complete();
        }
    }

    /// <summary>Ends it, as a later operation on the same resource does.</summary>
    public void Cancel()
    {
        if (!IsDone)
        {
            Status = "Canceled";
            Failure = ("OperationPreempted", "Operation execution has been preempted by a more recent operation.");
        }
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Id, ["status"] = Status, ["startTime"] = ArmText.Time(StartedAt) };
        if (IsDone)
        {
            json["endTime"] = ArmText.Time(StartedAt);
        }

        if (Failure is { } failure && IsDone)
        {
            json["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        }

        return json;
    }
}
