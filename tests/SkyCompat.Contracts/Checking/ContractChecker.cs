using System.Globalization;
using System.Text.RegularExpressions;
using SkyCompat.Contracts.Checking;
using SkyCompat.Contracts.Reading;

namespace SkyCompat.Contracts;

/// <summary>Checks messages against one description. Has no state; made for each server spoken to.</summary>
/// <param name="description">The description.</param>
/// <param name="server">The server's name, for what is allowed only there; empty for the provider itself.</param>
public sealed class ContractChecker(ApiDescription description, string server = "")
{
    /// <summary>The description.</summary>
    public ApiDescription Description { get; } = description;

    /// <summary>Whether versions of the interface newer than the description's may be asked for.</summary>
    public bool AllowsNewerVersions { get; init; }

    /// <summary>Is told of each exemption that was used; null to tell nobody.</summary>
    public Action<ContractExemption>? ExemptionUsed { get; init; }

    /// <summary>Finds the operation that a request asks for; null if there is none.</summary>
    public ApiOperation? Match(ContractRequest request) => OperationMatcher.Find(Description, request)?.Operation;

    /// <summary>How an operation writes the body of this request, which for uploads depends on the request.</summary>
    public static BodyFormat FormatOf(ApiOperation operation, ContractRequest request) => operation switch
    {
        { Form: not null } => BodyFormat.Opaque,
        { Body: null } => BodyFormat.Opaque,
        { Body.Format: BodyFormat.Json } when request.QueryValue("uploadType") == "media" => BodyFormat.Opaque,
        _ => operation.Body.Format,
    };

    /// <summary>How the reply of this status to this request is written.</summary>
    public static BodyFormat FormatOf(ApiOperation operation, ContractRequest request, int status) =>
        operation.ReplyOf(status) is not { Body: { } body } reply ? BodyFormat.Opaque
            : !reply.IsError && operation.MediaKey is { } media && request.QueryValue(media.Key) == media.Value ? BodyFormat.Opaque
            : body.Format;

    /// <summary>Checks a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The operation, or null if there is none, and what is wrong.</returns>
    public (ApiOperation? Operation, IReadOnlyList<Violation> Violations) CheckRequest(ContractRequest request) => CheckRequest(request, "");

    /// <summary>Checks a request inside another.</summary>
    internal (ApiOperation? Operation, IReadOnlyList<Violation> Violations) CheckRequest(ContractRequest request, string prefix)
    {
        if (OperationMatcher.Find(Description, request) is not var (operation, path))
        {
            var address = Regex.Replace(request.Path, @"(?<=^/)[^/]+", "{bucket}", RegexOptions.None, TimeSpan.FromSeconds(1));
            var none = new CheckContext(Description.Name, $"{request.Method} {(Description.NamesBucketByHost ? address : request.Path)}", ContractDirection.Request) { Prefix = prefix };
            none.Add(ViolationKind.NoOperation, "path", "the method and address of an operation", string.Join('&', request.Query.Select(pair => pair.Key)));
            return (null, Sift(none.Violations));
        }

        var context = new CheckContext(Description.Name, operation.Name, ContractDirection.Request)
        {
            Prefix = prefix,
            IsCreate = request.Method == "PUT",
            IsUpdate = request.Method == "PATCH",
            AllowsEnumNumbers = request.QueryValue("$alt")?.Contains("enum-encoding=int", StringComparison.Ordinal) == true,
        };
        CheckPath(context, operation, path);
        if (operation.Form is { } form)
        {
            FormCheck.Check(context, form, Description.FormStyle, request.Query.Concat(request.FormValues()));
        }
        else
        {
            CheckQuery(context, operation, request);
        }

        CheckHeaders(context, operation, request);
        CheckBody(context, operation, request);
        return (operation, Sift(context.Violations));
    }

    /// <summary>Checks a reply.</summary>
    /// <param name="operation">The operation that was asked for.</param>
    /// <param name="request">The request.</param>
    /// <param name="reply">The reply; its body may come later, in a call of <see cref="CheckReplyBody"/>.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<Violation> CheckReply(ApiOperation operation, ContractRequest request, ContractReply reply) => CheckReply(operation, request, reply, "");

    /// <summary>Checks a reply inside another.</summary>
    internal IReadOnlyList<Violation> CheckReply(ApiOperation operation, ContractRequest request, ContractReply reply, string prefix)
    {
        var context = new CheckContext(Description.Name, operation.Name, ContractDirection.Reply) { Prefix = prefix };
        if (operation.ReplyOf(reply.Status) is not { } declared)
        {
            context.Add(ViolationKind.Status, "status", $"one of {string.Join(", ", operation.Replies.Where(other => !other.IsError).Select(other => other.From == other.To ? $"{other.From}" : $"{other.From}-{other.To}"))} or an error", reply.Status.ToString(CultureInfo.InvariantCulture));
            return Sift(context.Violations);
        }

        // Discovery documents and Alibaba's metadata do not describe the headers of replies.
        if (declared.IsDescribed && Description.Dialect is ApiDialect.Swagger or ApiDialect.Botocore)
        {
            foreach (var (name, value) in reply.Headers)
            {
                var header = declared.Headers.FirstOrDefault(header => !header.IsPrefix && header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? ApiOperation.Prefixed(declared.Headers, name);
                if (header is null)
                {
                    context.Add(ViolationKind.Undeclared, $"header {name.ToLowerInvariant()}", "a declared header");
                }
                else
                {
                    TextCheck.Check(context, header.Schema, value, $"header {name.ToLowerInvariant()}");
                }
            }
        }

        var violations = Sift(context.Violations);
        return reply.Body is { } body ? [.. violations, .. CheckReplyBody(operation, request, reply, body, prefix)] : violations;
    }

    /// <summary>Checks the body of a reply.</summary>
    public IReadOnlyList<Violation> CheckReplyBody(ApiOperation operation, ContractRequest request, ContractReply reply, ReadOnlyMemory<byte> bytes) => CheckReplyBody(operation, request, reply, bytes, "");

    private IReadOnlyList<Violation> CheckReplyBody(ApiOperation operation, ContractRequest request, ContractReply reply, ReadOnlyMemory<byte> bytes, string prefix)
    {
        var format = FormatOf(operation, request, reply.Status);
        if (request.Method == "HEAD" || operation.ReplyOf(reply.Status) is not { Body: { } body } declared || format is BodyFormat.Opaque or BodyFormat.Batch)
        {
            return [];
        }

        var context = new CheckContext(Description.Name, operation.Name, ContractDirection.Reply)
        {
            Prefix = prefix,
            AllowsEnumNumbers = request.QueryValue("$alt")?.Contains("enum-encoding=int", StringComparison.Ordinal) == true,
        };
        if (bytes.IsEmpty)
        {
            if (declared.IsDescribed && reply.Status is not (204 or 304) && body.Schema.Properties.Values.Any(property => property.IsRequired))
            {
                context.Add(ViolationKind.Missing, "body", body.Schema.Describe());
            }

            return Sift(context.Violations);
        }

        CheckDocument(context, body, format, bytes, reply.Header("Content-Type"));
        return Sift(context.Violations);
    }

    private static void CheckPath(CheckContext context, ApiOperation operation, Match path)
    {
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.Location == ParameterLocation.Path && path.Groups[PathTemplates.GroupOf(parameter.Name)] is { Success: true } group)
            {
                TextCheck.Check(context, parameter.Schema, Uri.UnescapeDataString(group.Value), $"path {parameter.Name}");
            }
        }
    }

    private void CheckQuery(CheckContext context, ApiOperation operation, ContractRequest request)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query)
        {
            if (operation.Query(name) is { } parameter)
            {
                if (!seen.Add(name) && !parameter.IsRepeated)
                {
                    context.Add(ViolationKind.Mistyped, $"query {name}", "one value", "several");
                }

                if (parameter.IsJsonText)
                {
                    JsonCheck.CheckDocument(context, parameter.Schema, System.Text.Encoding.UTF8.GetBytes(value), $"query {name}");
                }
                else if (!IsNewerVersion(parameter, value))
                {
                    TextCheck.Check(context, parameter is { IsRepeated: true, Schema.Kind: SchemaKind.Array } ? parameter.Schema.Items! : parameter.Schema, value, $"query {name}");
                }
            }
            else if (!operation.Keys.Any(key => key.Key == name))
            {
                context.Add(ViolationKind.Undeclared, $"query {name}", "a declared query parameter");
            }
        }

        foreach (var parameter in operation.Parameters)
        {
            if (parameter is { IsRequired: true, Location: ParameterLocation.Query } && request.QueryValue(parameter.Name) is null && !operation.Keys.Any(key => key.Key == parameter.Name))
            {
                context.Add(ViolationKind.Missing, $"query {parameter.Name}", parameter.Schema.Describe());
            }
        }
    }

    private void CheckHeaders(CheckContext context, ApiOperation operation, ContractRequest request)
    {
        foreach (var (name, value) in request.Headers)
        {
            if (operation.Header(name) is not { } parameter)
            {
                context.Add(ViolationKind.Undeclared, $"header {name.ToLowerInvariant()}", "a declared header");
            }
            else if (!IsNewerVersion(parameter, value))
            {
                TextCheck.Check(context, parameter.Schema, value, $"header {name.ToLowerInvariant()}");
            }
        }

        foreach (var parameter in operation.Parameters)
        {
            if (parameter is { IsRequired: true, Location: ParameterLocation.Header, IsPrefix: false } && request.Header(parameter.Name) is null)
            {
                context.Add(ViolationKind.Missing, $"header {parameter.Name.ToLowerInvariant()}", parameter.Schema.Describe());
            }
        }
    }

    private static void CheckBody(CheckContext context, ApiOperation operation, ContractRequest request)
    {
        if (operation.Form is not null)
        {
            return;
        }

        if (operation.Body is not { } declared)
        {
            if (request.HasBody)
            {
                context.Add(ViolationKind.Undeclared, "body", "no body");
            }

            return;
        }

        if (!request.HasBody)
        {
            if (declared.IsRequired && declared.Format != BodyFormat.Opaque)
            {
                context.Add(ViolationKind.Missing, "body", declared.Schema.Describe());
            }

            return;
        }

        var format = FormatOf(operation, request);
        if (request.Body is not { } bytes || format is BodyFormat.Opaque or BodyFormat.Batch)
        {
            return;
        }

        if (request.MediaType == "multipart/related")
        {
            // The description of the object comes first, its data after.
            if (MultipartText.FirstPart(request.Header("Content-Type")!, bytes) is not var (partType, part))
            {
                context.Add(ViolationKind.Format, "body", "multipart/related whose first part is JSON");
                return;
            }

            CheckDocument(context, declared, format, part, partType);
            return;
        }

        CheckDocument(context, declared, format, bytes, request.Header("Content-Type"));
    }

    private static void CheckDocument(CheckContext context, ApiBody body, BodyFormat format, ReadOnlyMemory<byte> bytes, string? contentType)
    {
        var word = format == BodyFormat.Json ? "json" : "xml";
        if (contentType is not null && !contentType.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            context.Add(ViolationKind.Format, "header content-type", $"a type of {word.ToUpperInvariant()}", contentType);
            return;
        }

        if (format == BodyFormat.Json)
        {
            JsonCheck.CheckDocument(context, body.Schema, bytes);
        }
        else
        {
            XmlCheck.CheckDocument(context, body, bytes);
        }
    }

    private bool IsNewerVersion(ApiParameter parameter, string value) =>
        AllowsNewerVersions && parameter.IsVersion && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && parameter.Schema.Enum!.All(known => string.CompareOrdinal(value, known) > 0);

    private IReadOnlyList<Violation> Sift(List<Violation> violations)
    {
        if (violations.Count == 0)
        {
            return [];
        }

        violations.RemoveAll(violation =>
        {
            var exemption = ContractExemptions.Find(violation, server);
            if (exemption is not null)
            {
                ExemptionUsed?.Invoke(exemption);
            }

            return exemption is not null;
        });
        return violations;
    }
}
