using System.Text;
using System.Text.Json;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The pairs of request and reply that Microsoft publishes with its descriptions.</summary>
internal static class AzureExamples
{
    public static readonly string[] Descriptions =
    [
        ContractSpecs.AzureCompute, ContractSpecs.AzureDisks, ContractSpecs.AzureSkus, ContractSpecs.AzureNetwork,
        ContractSpecs.AzureContainerService, ContractSpecs.AzureResources, ContractSpecs.AzureSubscriptions,
    ];

    public static IEnumerable<Exchange> All() => Descriptions.SelectMany(Of);

    private static IEnumerable<Exchange> Of(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf($"azure/{name}.json")));
        var description = ContractSpecs.Get(name);
        var paths = document.RootElement.GetProperty("paths");
        foreach (var path in paths.EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                if (method.Value.ValueKind != JsonValueKind.Object || !method.Value.TryGetProperty("x-ms-examples", out var examples))
                {
                    continue;
                }

                var operation = description.Find(method.Value.GetProperty("operationId").GetString()!);
                foreach (var example in examples.EnumerateObject())
                {
                    var file = example.Value.GetProperty("$ref").GetString()!.Replace("./", "azure/", StringComparison.Ordinal);
                    yield return Read(name, operation, file);
                }
            }
        }
    }

    private static Exchange Read(string name, ApiOperation operation, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf(file)));
        var given = document.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.OrdinalIgnoreCase);
        var path = operation.Path;
        var query = new List<KeyValuePair<string, string>>();
        var headers = new List<KeyValuePair<string, string>> { new("Content-Type", "application/json"), new("Authorization", "Bearer token") };
        foreach (var parameter in operation.Parameters)
        {
            if (!given.TryGetValue(parameter.ModelName!, out var value))
            {
                continue;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            switch (parameter.Location)
            {
                case ParameterLocation.Path:
                    // Identifiers of resources are paths of their own.
                    path = path.Replace($"{{{parameter.Name}}}", text.StartsWith('/') || parameter.Name == "scope" ? text.Trim('/') : Uri.EscapeDataString(text), StringComparison.Ordinal);
                    break;
                case ParameterLocation.Query:
                    query.Add(new(parameter.Name, text));
                    break;
                default:
                    headers.Add(new(parameter.Name, text));
                    break;
            }
        }

        var body = operation.Body is { ModelName: { } bodyName } && given.TryGetValue(bodyName, out var content) ? Encoding.UTF8.GetBytes(content.GetRawText()) : null;
        var replies = document.RootElement.GetProperty("responses").EnumerateObject().Select(reply => new ContractReply
        {
            Status = int.Parse(reply.Name, System.Globalization.CultureInfo.InvariantCulture),
            Headers = [new("Content-Type", "application/json")],
            Body = reply.Value.TryGetProperty("body", out var value) ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(value.GetRawText()) : null,
        });
        return new Exchange(
            name,
            operation.Name,
            file,
            new ContractRequest { Method = operation.Method, Path = path, Query = query, Headers = headers, Body = body is null ? null : (ReadOnlyMemory<byte>?)body, HasBody = body is not null },
            [.. replies]);
    }
}
