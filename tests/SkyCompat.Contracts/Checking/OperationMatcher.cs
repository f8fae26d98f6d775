using System.Text.RegularExpressions;

namespace SkyCompat.Contracts.Checking;

/// <summary>Finds the operation that a request asks for.</summary>
internal static class OperationMatcher
{
    /// <summary>Finds the operation whose method and path fit and whose parameters fit best.</summary>
    /// <param name="description">The description.</param>
    /// <param name="request">The request.</param>
    /// <returns>The operation with its path's variables; null if no operation fits.</returns>
    public static (ApiOperation Operation, Match Path)? Find(ApiDescription description, ContractRequest request)
    {
        if (description.HasActions)
        {
            var action = request.QueryValue("Action") ?? request.Header("x-acs-action") ?? request.FormValues().FirstOrDefault(pair => pair.Key == "Action").Value;
            var called = action is null ? [] : description.WithAction(action).ToList();

            // Amazon's calls take either method; Alibaba's name theirs.
            var found = description.Dialect == ApiDialect.Botocore && request.Method is "GET" or "POST" ? called.FirstOrDefault() : called.Find(operation => operation.Method == request.Method);
            return found is null ? null : (found, found.PathPattern.Match(request.Path));
        }

        (ApiOperation Operation, Match Path)? best = null;
        (int Keys, int Penalty, int Required, int Fixed, bool IsCurrent) bestScore = default;
        foreach (var operation in description.WithMethod(request.Method))
        {
            if (!HasKeys(operation, request))
            {
                continue;
            }

            var match = operation.PathPattern.Match(request.Path);
            if (!match.Success)
            {
                continue;
            }

            var (penalty, required) = Weigh(operation, request);
            var score = (operation.Keys.Count, -penalty, required, FixedLength(operation.Path), !operation.IsDeprecated);
            if (best is null || score.CompareTo(bestScore) > 0)
            {
                best = (operation, match);
                bestScore = score;
            }
        }

        return best;
    }

    private static bool HasKeys(ApiOperation operation, ContractRequest request)
    {
        foreach (var (key, value) in operation.Keys)
        {
            var found = request.QueryValue(key);
            if (found is null || (value is not null && found != value))
            {
                return false;
            }
        }

        return true;
    }

    private static (int Penalty, int Required) Weigh(ApiOperation operation, ContractRequest request)
    {
        var penalty = 0;
        var required = 0;
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.Location == ParameterLocation.Path || parameter.IsVersion)
            {
                continue;
            }

            var value = parameter.Location == ParameterLocation.Query ? request.QueryValue(parameter.Name) : parameter.IsPrefix ? null : request.Header(parameter.Name);
            if (value is null)
            {
                penalty += parameter.IsRequired ? 1 : 0;
            }
            else if (parameter.IsRequired)
            {
                required++;

                // A required parameter with one value tells apart operations of one address.
                penalty += parameter.Schema.Enum is { Count: 1 } only && !only.Contains(value) ? 2 : 0;
            }
        }

        foreach (var (name, _) in request.Query)
        {
            penalty += operation.Query(name) is null && !operation.Keys.Any(key => key.Key == name) ? 1 : 0;
        }

        foreach (var (name, _) in request.Headers)
        {
            penalty += (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && operation.Header(name) is null) ? 1 : 0;
        }

        return (penalty, required);
    }

    private static int FixedLength(string path)
    {
        var length = 0;
        var isVariable = false;
        foreach (var c in path)
        {
            isVariable = c == '{' || (isVariable && c != '}');
            length += isVariable ? 0 : 1;
        }

        return length;
    }
}
