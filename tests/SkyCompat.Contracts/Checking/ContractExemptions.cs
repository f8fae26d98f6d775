using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using SkyCompat.Contracts.Reading;

namespace SkyCompat.Contracts;

/// <summary>All that is allowed beyond the descriptions: the data of the folder <c>Exemptions</c>.</summary>
public static partial class ContractExemptions
{
    private const string Batch = "batch[] ";
    private static readonly string[] Everything = ["*"];
    private static readonly Lazy<IReadOnlyList<ContractExemption>> LazyAll = new(Load);
    private static readonly ConcurrentDictionary<(string, string, ContractDirection, string, string), ContractExemption?> Undeclared = new();

    /// <summary>Every exemption.</summary>
    public static IReadOnlyList<ContractExemption> All => LazyAll.Value;

    /// <summary>Finds what allows a violation; null if nothing does.</summary>
    /// <param name="violation">The violation.</param>
    /// <param name="server">The server spoken to; empty for the provider itself.</param>
    public static ContractExemption? Find(Violation violation, string server)
    {
        var place = PlaceOf(violation);

        // The same few headers come with every request, so the answer for names is kept; that for values is not.
        return violation is { Kind: ViolationKind.Undeclared, Found.Length: 0 }
            ? Undeclared.GetOrAdd((violation.Description, violation.Operation, violation.Direction, place, server), static (key, state) => Search(state.violation, state.place, key.Item5), (violation, place))
            : Search(violation, place, server);
    }

    /// <summary>A violation's place without the numbers of items.</summary>
    internal static string PlaceOf(Violation violation) => Index().Replace(violation.Place, "[]");

    private static ContractExemption? Search(Violation violation, string place, string server)
    {
        // What any request may carry, one inside another may too.
        var inner = place.StartsWith(Batch, StringComparison.Ordinal) ? place[Batch.Length..] : null;
        foreach (var exemption in All)
        {
            if (exemption.Covers(violation, place, server) || (inner is not null && exemption.Covers(violation, inner, server)))
            {
                return exemption;
            }
        }

        return null;
    }

    private static List<ContractExemption> Load()
    {
        var all = new List<ContractExemption>();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Exemptions/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var document = JsonDocument.Parse(stream);
            foreach (var entry in document.RootElement.Elements("exemptions"))
            {
                all.Add(new ContractExemption(
                    Texts(entry, "descriptions") ?? Everything,
                    Texts(entry, "operations") ?? Everything,
                    Texts(entry, "servers") ?? Everything,
                    entry.Text("direction") is { } direction ? Enum.Parse<ContractDirection>(direction, ignoreCase: true) : null,
                    [.. (Texts(entry, "kinds") ?? []).Select(Enum.Parse<ViolationKind>)],
                    Texts(entry, "places") ?? throw new InvalidDataException($"An exemption in {name} names no places."),
                    Texts(entry, "values") ?? [],
                    entry.Text("reason") is { Length: > 10 } reason ? reason : throw new InvalidDataException($"An exemption in {name} gives no reason.")));
            }
        }

        return all;
    }

    private static string[]? Texts(JsonElement entry, string name) => entry.Get(name) is null ? null : [.. entry.Elements(name).Select(item => item.GetString()!)];

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
