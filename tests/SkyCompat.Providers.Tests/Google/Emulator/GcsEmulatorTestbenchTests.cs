using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>
/// What Google's own test bench (storage-testbench, commit e8c8507 of June 2026) answered to the requests of testbench-cases.json, once,
/// and what the emulator answers each time. Where the two differ the case says why, which is always what the service itself does.
/// </summary>
public sealed partial class GcsEmulatorTestbenchTests(GcsEmulatorFixture fixture) : IClassFixture<GcsEmulatorFixture>
{
    private static readonly JsonArray Scenarios = Load();

    public static TheoryData<string> Names => [.. Scenarios.Select(scenario => scenario!["scenario"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario_EveryStep_AnswersAsRecorded(string name)
    {
        var scenario = Scenarios.Single(item => item!["scenario"]!.GetValue<string>() == name)!;
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["bucket"] = await fixture.Wire.NewBucketAsync() };
        foreach (var step in scenario["steps"]!.AsArray())
        {
            await RunAsync(step!.AsObject(), values);
        }
    }

    [Fact]
    public void Cases_ThatDiffer_SayWhy()
    {
        var steps = Scenarios.SelectMany(scenario => scenario!["steps"]!.AsArray()).ToList();
        steps.Count.ShouldBeGreaterThan(150);
        steps.Where(step => step!.AsObject().ContainsKey("emulator") != step.AsObject().ContainsKey("why")).ShouldBeEmpty();
        steps.Where(step => JsonNode.DeepEquals(step!["emulator"], step["testbench"])).ShouldBeEmpty();
    }

    private async Task RunAsync(JsonObject step, Dictionary<string, string> values)
    {
        var body = step["bodySize"] is { } size ? Enumerable.Repeat((byte)'x', size.GetValue<int>()).ToArray()
            : step["body"] is { } text ? Encoding.UTF8.GetBytes(Fill(text.GetValue<string>()))
            : null;
        var headers = step["headers"]?.AsObject().Select(pair => (pair.Key, pair.Value!.GetValue<string>())).ToArray() ?? [];
        var reply = await fixture.Wire.SendAsync(step["method"]!.GetValue<string>(), Fill(step["target"]!.GetValue<string>()), body, headers);
        foreach (var (look, expected) in (step["emulator"] ?? step["testbench"])!.AsObject())
        {
            var actual = Look(reply, look)?.ToJsonString().Replace(values["bucket"], "{bucket}", StringComparison.Ordinal);
            JsonNode.DeepEquals(actual is null ? null : JsonNode.Parse(actual), expected)
                .ShouldBeTrue($"'{step["name"]}': {look} is {actual ?? "null"} and should be {expected?.ToJsonString() ?? "null"}. {reply.Status} {reply.Text}");
        }

        foreach (var (value, source) in step["save"]?.AsObject() ?? [])
        {
            values[value] = Save(reply, source!.GetValue<string>());
        }

        string Fill(string template) => Placeholder().Replace(template, match => values.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);
    }

    /// <summary>"status", "text", "header:name" or "json:path", in which a star stands for every item of an array.</summary>
    private static JsonNode? Look(GcsReply reply, string look) => look.Split(':', 2) switch
    {
        ["status"] => reply.Status,
        ["text"] => reply.Text,
        ["header", var name] => reply.Header(name),
        ["json", var path] => Json(reply.Json, path.Split('.')),
        _ => throw new InvalidOperationException(look),
    };

    private static JsonNode? Json(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || node is null)
        {
            return node?.DeepClone();
        }

        if (path[0] != "*")
        {
            return Json((node as JsonObject)?[path[0]], path[1..]);
        }

        var items = new JsonArray();
        foreach (var item in node.AsArray())
        {
            items.Add(Json(item, path[1..]));
        }

        return items;
    }

    /// <summary>A field of the document, or "header:name#parameter", a parameter of the address in a header.</summary>
    private static string Save(GcsReply reply, string source) => source.StartsWith("header:", StringComparison.Ordinal) && source[7..].Split('#') is [var name, var parameter]
        ? Regex.Match(reply.Header(name)!, $"{parameter}=([^&]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value
        : reply[source] ?? "?";

    private static JsonArray Load()
    {
        using var stream = typeof(GcsEmulatorTestbenchTests).Assembly.GetManifestResourceStream("testbench-cases.json")!;
        return JsonNode.Parse(stream)!.AsArray();
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
