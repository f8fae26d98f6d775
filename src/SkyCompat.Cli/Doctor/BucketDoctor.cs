namespace SkyCompat.Cli.Doctor;

/// <summary>Examines one logical bucket: is it there, may it be listed, has it what configuration requires.</summary>
internal static class BucketDoctor
{
    public static async Task<Finding> ExamineAsync(ISky sky, string name, LogicalBucketOptions options, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var subject = "@" + name;
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var cloud = options.Cloud is null ? sky.DefaultCloud : sky.GetCloud(options.Cloud);
        var real = $"{cloud.Name}:{options.Name}";
        try
        {
            var bucket = sky.GetBucket(name);
            await bucket.ListPageAsync(new ListOptions { PageSize = 1 }, both.Token);
            var capabilities = await bucket.GetCapabilitiesAsync(both.Token);
            var missing = options.Require.Where(feature => Enum.TryParse<BucketFeatures>(feature, ignoreCase: true, out var required) && !capabilities.Supports(required)).ToList();
            return missing.Count == 0
                ? new Finding(subject, "bucket", FindingKind.Ok, real)
                : new Finding(subject, "bucket", FindingKind.Failed, $"{real} lacks {string.Join(", ", missing)}", $"Choose another cloud at SkyCompat:Buckets:{name}:Cloud, or do without at Require.", ExitCode.Usage);
        }
        catch (CloudException exception)
        {
            return new Finding(subject, "bucket", FindingKind.Failed, exception.Message, Next(exception, name, real), ExitCode.Of(exception.Code));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding(subject, "bucket", FindingKind.Failed, $"{real}: no answer within {Age.Format(timeout)}", $"See the line of cloud '{cloud.Name}'.", ExitCode.Unreachable);
        }
    }

    private static string Next(CloudException exception, string name, string real) => exception.Code switch
    {
        CloudErrorCode.NotFound => $"Make it with `skyc mb {real}`, or correct SkyCompat:Buckets:{name}:Name.",
        CloudErrorCode.PermissionDenied => "Allow the account to list this bucket.",
        CloudErrorCode.InvalidArgument => $"Correct SkyCompat:Buckets:{name}:Name.",
        _ => "See the line of its cloud.",
    };
}
