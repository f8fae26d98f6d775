namespace SkyCompat.Cli.Transfers;

/// <summary>Says what is known of a transfer before it starts.</summary>
internal static class OutlineText
{
    /// <summary>Prints routes, losses and the price.</summary>
    public static void Print(CliOutput output, TransferOutline outline)
    {
        if (output.IsJson)
        {
            output.Json(Json(outline));
            return;
        }

        foreach (var route in outline.Routes)
        {
            output.Note($"route {Choice.Word(route.Route)}: {(route.IsPossible ? "yes" : "no")}, {route.Reason}");
        }

        PrintLosses(output, outline.Losses);
        if (outline.EgressPricePerGiB is { } price)
        {
            output.Note(string.Create(CultureInfo.InvariantCulture, $"egress ${price:0.####} per GiB{(outline.PricesAsOf is { } day ? $", prices of {day:yyyy-MM-dd}" : "")}"));
        }
    }

    public static void PrintLosses(CliOutput output, IReadOnlyList<TransferLoss> losses)
    {
        foreach (var loss in losses)
        {
            output.Note($"not kept: {Choice.Word(loss.Kind).Replace('-', ' ')}: {loss.Reason}");
        }
    }

    public static JsonObject Json(TransferOutline outline) => new()
    {
        ["type"] = "outline",
        ["routes"] = new JsonArray([.. outline.Routes.Select(route => (JsonNode)new JsonObject { ["route"] = Choice.Name(route.Route), ["possible"] = route.IsPossible, ["reason"] = route.Reason })]),
        ["losses"] = Losses(outline.Losses),
        ["egressPricePerGiB"] = outline.EgressPricePerGiB,
        ["pricesAsOf"] = outline.PricesAsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    public static JsonArray Losses(IReadOnlyList<TransferLoss> losses) =>
        new([.. losses.Select(loss => (JsonNode)new JsonObject { ["kind"] = Choice.Name(loss.Kind), ["reason"] = loss.Reason })]);
}
