using Microsoft.Extensions.Options;
using SkyCompat.Hosting;
using Spectre.Console;

namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc doctor</c></summary>
internal sealed class DoctorCommand : SkycCommand
{
    private readonly Argument<string[]> _clouds = new("CLOUD") { Description = "Clouds to examine; default: all, and the logical buckets.", Arity = ArgumentArity.ZeroOrMore, HelpName = "CLOUD" };
    private readonly Option<string> _timeout = new("--timeout") { Description = "How long to wait for each cloud.", HelpName = "DURATION", DefaultValueFactory = _ => "20s" };

    public DoctorCommand()
        : base("doctor", "Examines configuration, credentials, reachability and capabilities of each cloud, and says what to do about what is wrong.", "doctor", "doctor r2 az", "doctor --json | jq -c 'select(.result == \"failed\")'")
    {
        Add(_clouds);
        Add(_timeout);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var timeout = Age.ParseDuration(context.Get(_timeout)!);
        if (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(1))
        {
            throw new UsageException("--timeout must be more than nothing and at most 1d.");
        }

        // One repetition tells a broken cloud from a lost packet; six would be minutes.
        context.ConfigureOptions = options =>
        {
            foreach (var cloud in options.Clouds.Values)
            {
                cloud.Resilience.MaxAttempts = Math.Min(cloud.Resilience.MaxAttempts, 2);
            }
        };
        context.Output.Note($"Configuration: {(context.Settings.Sources.Count > 0 ? string.Join(", ", context.Settings.Sources) : "none")}");
        var findings = await ExamineAsync(context, timeout, cancellationToken);
        Print(context.Output, findings);
        return Sum(findings);
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(CommandContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ISky sky;
        try
        {
            sky = context.Sky;
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures.Select(WrongSetting)];
        }

        var named = (context.Get(_clouds) ?? []).Select(name => name.TrimEnd(':')).ToList();
        foreach (var name in named.Where(name => !context.Options.Clouds.ContainsKey(name)))
        {
            throw new UsageException($"There is no cloud '{name}'.{ConfigurationKeys.Suggest(name, context.Options.Clouds.Keys)} Clouds: {string.Join(", ", context.Options.Clouds.Keys.Order(StringComparer.OrdinalIgnoreCase))}.");
        }

        var clouds = sky.Clouds.Where(cloud => named.Count == 0 || named.Contains(cloud.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var examined = clouds.Select(cloud => new CloudDoctor(cloud, Endpoint(context, cloud), KnownBuckets(context, sky, cloud), timeout, context.Time).ExamineAsync(cancellationToken));
        var buckets = context.Options.Buckets.Where(_ => named.Count == 0).OrderBy(bucket => bucket.Key, StringComparer.OrdinalIgnoreCase)
            .Select(bucket => BucketDoctor.ExamineAsync(sky, bucket.Key, bucket.Value, timeout, context.Time, cancellationToken)).ToList();
        var findings = (await Task.WhenAll(examined)).SelectMany(found => found).ToList();
        findings.AddRange(await Task.WhenAll(buckets));
        return findings;
    }

    /// <summary>A failure of validation reads <c>SkyCompat:Clouds:home:Provider: why</c>.</summary>
    private static Finding WrongSetting(string failure)
    {
        var parts = failure.Split(':');
        var subject = parts is [_, "Clouds", var cloud, ..] ? cloud : parts is [_, "Buckets", var bucket, ..] ? "@" + bucket : Settings.SectionName;
        return new Finding(subject, "configuration", FindingKind.Failed, failure, "Correct this setting; nothing else is examined before.", ExitCode.Usage);
    }

    private static string? Endpoint(CommandContext context, ICloud cloud)
    {
        var own = context.Settings.Section.GetSection("Clouds").GetSection(cloud.Name).GetSection(cloud.Provider.Name);
        return own["Endpoint"] ?? own["BlobServiceUri"] ?? own["Root"];
    }

    private static string[] KnownBuckets(CommandContext context, ISky sky, ICloud cloud) =>
        [.. context.Options.Buckets.Values.Where(bucket => string.Equals(bucket.Cloud ?? sky.DefaultCloud.Name, cloud.Name, StringComparison.OrdinalIgnoreCase)).Select(bucket => bucket.Name!)];

    private static void Print(CliOutput output, IReadOnlyList<Finding> findings)
    {
        if (output.IsJson)
        {
            foreach (var finding in findings)
            {
                output.Json(new JsonObject
                {
                    ["type"] = "finding",
                    ["subject"] = finding.Subject,
                    ["check"] = finding.Check,
                    ["result"] = Choice.Name(finding.Kind),
                    ["detail"] = finding.Detail,
                    ["advice"] = finding.Advice,
                });
            }

            return;
        }

        var table = new Table();
        foreach (var header in (string[])["cloud", "check", "result", "detail"])
        {
            table.AddColumn(new TableColumn(header));
        }

        foreach (var finding in findings)
        {
            var color = finding.Kind switch { FindingKind.Ok => Color.Green, FindingKind.Note => Color.Yellow, _ => Color.Red };
            var detail = finding.Advice is null ? finding.Detail : $"{finding.Detail} → {finding.Advice}";
            table.AddRow(new Text(finding.Subject), new Text(finding.Check), new Text(Choice.Word(finding.Kind), new Style(color)), new Text(Printable.Text(detail)));
        }

        output.Table(table);
    }

    /// <summary>The code that all failures have in common, otherwise 1; wrong settings come first, since nothing else was examined.</summary>
    private static int Sum(IReadOnlyList<Finding> findings)
    {
        var codes = findings.Where(finding => finding.Kind is FindingKind.Failed).Select(finding => finding.ExitCode).Distinct().ToList();
        return codes switch { [] => ExitCode.Done, [var only] => only, _ => ExitCode.Failed };
    }
}
