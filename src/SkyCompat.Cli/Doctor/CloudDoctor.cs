using System.Diagnostics.CodeAnalysis;

namespace SkyCompat.Cli.Doctor;

/// <summary>Examines one cloud: can it be reached, are its credentials good, what can it do.</summary>
internal sealed class CloudDoctor(ICloud cloud, string? endpoint, IReadOnlyCollection<string> knownBuckets, TimeSpan timeout, TimeProvider time)
{
    /// <summary>A name that nobody has: most providers tell what they can do without asking whether the bucket exists.</summary>
    private const string NoBucket = "skyc-doctor";

    private string? _bucket = knownBuckets.FirstOrDefault();

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var place = string.Join(", ", new[] { cloud.Provider.Name, cloud.Location.ToString(), endpoint }.Where(part => part is { Length: > 0 }));
        var findings = new List<Finding> { Ok("configuration", place) };
        findings.AddRange(await ReachAsync(cancellationToken));
        if (!findings.Exists(finding => finding.Kind is FindingKind.Failed))
        {
            findings.Add(await DescribeAsync(cancellationToken));
        }

        return findings;
    }

    private async Task<IReadOnlyList<Finding>> ReachAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        try
        {
            var page = await LimitAsync(token => cloud.Storage.ListBucketsPageAsync(null, token), cancellationToken);
            var elapsed = time.GetElapsedTime(start).TotalMilliseconds;
            _bucket ??= page.Buckets is [var first, ..] ? first.Name : null;
            var count = $"good; {Count.Of(page.Buckets.Count, "bucket")}{(page.ContinuationToken is null ? "" : " or more")}";
            return [Ok("reachability", string.Create(CultureInfo.InvariantCulture, $"answered in {elapsed:N0} ms")), Ok("credentials", count)];
        }
        catch (CloudException exception)
        {
            return Explain(exception);
        }
        catch (TimeoutException)
        {
            return [Failed("reachability", $"no answer within {Age.Format(timeout)}", Advice.Reach(cloud, endpoint), ExitCode.Unreachable)];
        }
    }

    private IReadOnlyList<Finding> Explain(CloudException exception) => exception.Code switch
    {
        CloudErrorCode.Unauthenticated => [Ok("reachability", "answered"), Failed("credentials", exception.Message, Advice.Credentials(cloud), ExitCode.Denied)],
        // Many accounts may use their buckets and not list them; without a bucket to try, that is all there is to go by, and a wrong secret may look the same.
        CloudErrorCode.PermissionDenied when knownBuckets.Count > 0 => [Ok("reachability", "answered"), new Finding(cloud.Name, "credentials", FindingKind.Note, "may not list buckets", Advice.Permission(cloud))],
        CloudErrorCode.PermissionDenied => [Ok("reachability", "answered"), Failed("credentials", "may not list buckets", $"{Advice.Permission(cloud)} Some stores say the same of a wrong secret: {Advice.Credentials(cloud)}", ExitCode.Denied)],
        CloudErrorCode.Unavailable or CloudErrorCode.Timeout or CloudErrorCode.Throttled => [Failed("reachability", exception.Message, Advice.Reach(cloud, endpoint), ExitCode.Unreachable)],
        CloudErrorCode.Unsupported => [new Finding(cloud.Name, "reachability", FindingKind.Note, exception.Message, "Name the buckets under SkyCompat:Buckets and go by them.")],
        _ => [Failed("reachability", exception.Message, $"Correct SkyCompat:Clouds:{cloud.Name}; docs/errors.md explains {exception.Code}.", ExitCode.Of(exception.Code))],
    };

    private async Task<Finding> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var capabilities = await LimitAsync(async token => await cloud.Storage.GetBucket(_bucket ?? NoBucket).GetCapabilitiesAsync(token), cancellationToken);
            var missing = Features.MissingFrom(capabilities.Features).ToList();
            return Ok("capabilities", $"{Features.Count - missing.Count} of {Features.Count} features{(missing.Count > 0 ? $"; not {string.Join(", ", missing)}" : "")}");
        }
        catch (Exception exception) when (exception is CloudException or TimeoutException)
        {
            return new Finding(cloud.Name, "capabilities", FindingKind.Note, _bucket is null ? "depend on the bucket, and there is none" : exception.Message, _bucket is null ? $"Make one: `skyc mb {cloud.Name}:NAME`." : null);
        }
    }

    [SuppressMessage("Reliability", "MA0040", Justification = "The linked token is the one that is passed on.")]
    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await run(both.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {Age.Format(timeout)}.", exception);
        }
    }

    private Finding Ok(string check, string detail) => new(cloud.Name, check, FindingKind.Ok, detail);

    private Finding Failed(string check, string detail, string advice, int exitCode) => new(cloud.Name, check, FindingKind.Failed, detail, advice, exitCode);
}
