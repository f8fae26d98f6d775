using Spectre.Console;

namespace SkyCompat.Cli.Compute;

/// <summary><c>skyc compute offers</c></summary>
internal sealed class OffersCommand : SkycCommand
{
    private readonly NeedOptions _need;
    private readonly Option<int> _limit = new("--limit") { Description = "How many offers to show.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<bool> _rejected = new("--rejected") { Description = "Show the offers that were ruled out, each with its reason." };

    public OffersCommand()
        : base(
            "offers",
            "Finds what could be launched on all clouds, the best first, and says what ruled the others out. Launches nothing.",
            "compute offers --vcpus 4 --memory 16 --market spot --jurisdiction EU",
            "compute offers --gpus 1 --gpu-model A100 --max-price 4 --json")
    {
        _need = new NeedOptions(this);
        NumberRule.Require(_limit, 1);
        Add(_limit);
        Add(_rejected);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = _need.Read(context, new LaunchSpec { IdempotencyKey = "offers", Image = ImageReference.OfFamily("any") });
        var plan = await NeedOptions.CheckedAsync(() => context.Placements.PlanAsync(request, cancellationToken));
        var steps = plan.Steps.Take(context.Get(_limit)).ToList();
        if (context.Output.IsJson)
        {
            steps.ForEach(step => context.Output.Json(ToJson(step)));
            foreach (var item in context.Get(_rejected) ? plan.Rejected : [])
            {
                context.Output.Json(ToJson(item));
            }
        }
        else
        {
            Print(context, plan, steps);
        }

        return steps.Count > 0 ? ExitCode.Done : ExitCode.NotFound;
    }

    private void Print(CommandContext context, PlacementPlan plan, List<PlacementStep> steps)
    {
        var table = InstanceText.Table("cloud", "place", "type", "vCPU", "GiB", "market", "$/h", "priced", "egress $");
        foreach (var step in steps)
        {
            var offer = step.Offer;
            table.AddRow(InstanceText.Row(
                offer.Cloud, offer.Location.ToString(), offer.InstanceType, InstanceText.Number(offer.Shape.VCpus), InstanceText.Number(offer.Shape.MemoryGiB), Choice.Word(offer.Market),
                InstanceText.Money(offer.HourlyPriceUsd), offer.PricedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", InstanceText.Money(step.EgressUsd)));
        }

        foreach (var item in context.Get(_rejected) ? plan.Rejected : [])
        {
            table.AddRow(InstanceText.Row(
                item.Offer.Cloud, item.Offer.Location.ToString(), item.Offer.InstanceType, InstanceText.Number(item.Offer.Shape.VCpus), InstanceText.Number(item.Offer.Shape.MemoryGiB),
                Choice.Word(item.Offer.Market), InstanceText.Money(item.Offer.HourlyPriceUsd), $"no: {item.Reason}: {item.Detail}", ""));
        }

        context.Output.Table(table);
        if (plan.Steps.Count > steps.Count)
        {
            context.Output.Note($"{plan.Steps.Count - steps.Count} more; --limit shows them.");
        }

        foreach (var (reason, count) in plan.CountRejected())
        {
            context.Output.Note($"Ruled out: {Count.Of(count, "offer")} by {reason}.");
        }

        foreach (var (cloud, error) in plan.Unreachable)
        {
            context.Output.Note($"{cloud} could not be asked: {error.Message}");
        }
    }

    private static JsonObject ToJson(PlacementStep step)
    {
        var document = Offer("offer", step.Offer);
        document["computeUsd"] = step.ComputeUsd;
        document["egressUsd"] = step.EgressUsd;
        return document;
    }

    private static JsonObject ToJson(RejectedOffer item)
    {
        var document = Offer("rejectedOffer", item.Offer);
        document["reason"] = Choice.Name(item.Reason);
        document["detail"] = item.Detail;
        return document;
    }

    private static JsonObject Offer(string type, Offer offer) => new()
    {
        ["type"] = type,
        ["cloud"] = offer.Cloud,
        ["provider"] = offer.Provider.Name,
        ["region"] = offer.Location.Region,
        ["zone"] = offer.Location.Zone,
        ["instanceType"] = offer.InstanceType,
        ["vcpus"] = offer.Shape.VCpus,
        ["memoryGiB"] = offer.Shape.MemoryGiB,
        ["gpus"] = offer.Shape.Gpus,
        ["market"] = Choice.Name(offer.Market),
        ["hourlyUsd"] = offer.HourlyPriceUsd,
        ["pricedAt"] = offer.PricedAt?.ToString("O", CultureInfo.InvariantCulture),
    };
}
