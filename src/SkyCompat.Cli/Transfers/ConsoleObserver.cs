namespace SkyCompat.Cli.Transfers;

/// <summary>Tells about a transfer where nobody draws: a line every few seconds and one per failure, or JSON lines.</summary>
internal class ConsoleObserver(CliOutput output, TimeProvider time) : TransferObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();

    protected CliOutput Output => output;

    public override void OnStarting(TransferOutline outline)
    {
        if (output.IsJson)
        {
            output.Json(OutlineText.Json(outline));
        }
    }

    public override void OnProgress(TransferProgress progress)
    {
        if (time.GetElapsedTime(_last) < Interval)
        {
            return;
        }

        _last = time.GetTimestamp();
        if (output.IsJson)
        {
            output.Json(ProgressText.Json(progress));
        }
        else
        {
            output.Note(ProgressText.Line(progress));
        }
    }

    public override void OnObject(TransferResult result)
    {
        if (output.IsJson)
        {
            output.Json(new JsonObject
            {
                ["type"] = "result",
                ["outcome"] = Choice.Name(result.Outcome),
                ["name"] = result.Name,
                ["target"] = result.Target,
                ["size"] = result.Size,
                ["route"] = Choice.Name(result.Route),
                ["verification"] = Choice.Name(result.Verification),
                ["reason"] = result.Reason,
                ["error"] = result.Error is { } error ? Errors.ToJson(error.Message, ExitCode.Of(error.Code), error) : null,
            });
        }
        else if (result.Outcome is TransferOutcome.Failed)
        {
            output.Fail($"failed  {result.Name}: {result.Error?.Message ?? result.Reason}", ExitCode.Failed, result.Error);
        }
    }
}
