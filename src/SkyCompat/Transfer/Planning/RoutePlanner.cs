namespace SkyCompat.Transfer.Planning;

/// <summary>Chooses the cheapest sound route. Pure: the same facts give the same routes, and nothing is asked of anybody.</summary>
internal sealed class RoutePlanner
{
    private const string PipeReason = "read and written by this process";

    private static readonly TransferRoute[] CheapestFirst = [TransferRoute.ServerSideCopy, TransferRoute.Pull, TransferRoute.Pipe];

    private readonly RouteFacts _facts;
    private readonly RouteDecision _small;
    private readonly RouteDecision _large;
    private readonly RouteDecision _huge;

    public RoutePlanner(RouteFacts facts)
    {
        _facts = facts;
        Choices = [.. CheapestFirst.Select(Judge)];
        _small = Decide(WithoutPull($"below {facts.PullFromBytes} bytes a pull takes more requests than it saves"));
        _large = Decide(Choices);
        _huge = Decide(WithoutPull($"over {facts.PullUpToBytes} bytes it does not fit the parts of a pull"));
    }

    /// <summary>Every route, cheapest first, with whether it can be taken and why.</summary>
    public IReadOnlyList<TransferRouteChoice> Choices { get; }

    /// <summary>Whether a server-side copy looks at the source's attributes first.</summary>
    public bool RewritesAttributes => _facts.RewritesAttributes;

    /// <summary>The routes for an object of a size.</summary>
    public RouteDecision Choose(long size) => size < _facts.PullFromBytes ? _small : size > _facts.PullUpToBytes ? _huge : _large;

    /// <summary>What moving an object of a size takes, by a route, when nothing has to be sent twice.</summary>
    public (long Reads, long Writes) CountRequests(TransferRoute route, long size)
    {
        var reads = _facts.ReadsTags ? 1L : 0;
        var inParts = size > _facts.PartsAboveBytes;
        var parts = inParts ? _facts.CountParts(size) : 1;
        switch (route)
        {
            case TransferRoute.ServerSideCopy:
                return (_facts.RewritesAttributes ? 2 : 1, 1);
            case TransferRoute.Pull:
                return (reads + 2 + parts, parts + 2);
            case TransferRoute.Pipe:
                // In parts: a look for the attributes, then a read for each part; the upload is begun and completed.
                reads += !_facts.SourceIsBucket ? 0 : inParts ? parts + 1 : 1;
                return (reads, !_facts.TargetIsBucket ? 0 : inParts ? parts + 2 : 1);
            default:
                return (0, 0);
        }
    }

    private static RouteDecision Decide(IReadOnlyList<TransferRouteChoice> choices)
    {
        TransferRoute[] routes = [.. choices.Where(choice => choice.IsPossible).Select(choice => choice.Route)];
        var passedOver = choices.TakeWhile(choice => !choice.IsPossible).Select(choice => $"no {Describe(choice.Route)}: {choice.Reason}");
        var chosen = choices.FirstOrDefault(choice => choice.IsPossible);
        return new RouteDecision(routes, string.Join("; ", (chosen is null ? [] : new[] { $"{Describe(chosen.Route)}: {chosen.Reason}" }).Concat(passedOver)));
    }

    private static string Describe(TransferRoute route) => route switch
    {
        TransferRoute.ServerSideCopy => "server-side copy",
        TransferRoute.Pull => "pull",
        _ => "pipe",
    };

    private TransferRouteChoice Judge(TransferRoute route)
    {
        var problem = !_facts.Allowed.HasFlag(route) ? "not allowed by the request" : route switch
        {
            TransferRoute.ServerSideCopy => _facts.NoServerSideCopy,
            TransferRoute.Pull => _facts.NoPull,
            _ => null,
        };
        return new TransferRouteChoice(route, problem is null, problem ?? route switch
        {
            TransferRoute.ServerSideCopy => "both are on one service, which copies by itself",
            TransferRoute.Pull => "the destination reads signed URLs of the source by itself",
            _ => PipeReason,
        });
    }

    private TransferRouteChoice[] WithoutPull(string reason) =>
        [.. Choices.Select(choice => choice is { Route: TransferRoute.Pull, IsPossible: true } && Choices.Any(other => other is { Route: TransferRoute.Pipe, IsPossible: true })
            ? choice with { IsPossible = false, Reason = reason }
            : choice)];
}
