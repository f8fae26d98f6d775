using System.Globalization;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The checks are themselves checked: whatever is spoilt in a published example must be found.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const double Required = 0.97;

    /// <summary>The services of managed clusters, each with what is published of it; Google and Alibaba publish no examples, so that there is what their own clients send.</summary>
    private static readonly Dictionary<string, (string Description, int Least)> ClusterServices = new(StringComparer.Ordinal)
    {
        ["aks"] = (ContractSpecs.AzureContainerService, 4_000),
        ["eks"] = (ContractSpecs.Eks, 100),
        ["gke"] = (ContractSpecs.GoogleContainer, 50),
        ["ack"] = (ContractSpecs.AlibabaContainerService, 40),
    };

    [Theory]
    [InlineData("aks")]
    [InlineData("eks")]
    [InlineData("gke")]
    [InlineData("ack")]
    public void RenamedFieldsAndFlippedTypes_OfClusterServices_AreCaught(string service)
    {
        Specs.Require();
        var (description, least) = ClusterServices[service];
        var (made, caught, missed) = (0, 0, new List<string>());
        foreach (var (exchange, isCapture) in AzureExamples.All().Concat(AwsExamples.All()).Select(exchange => (exchange, false)).Concat(Captures().Select(exchange => (exchange, true))).Where(pair => pair.Item1.Description == description))
        {
            var checker = new ContractChecker(ContractSpecs.Get(description), isCapture ? "captures" : "examples") { AllowsNewerVersions = isCapture };
            var operation = checker.Description.Find(exchange.Operation);
            var faults = Mutator.Spoil(operation, exchange.Request).Select(fault => ("request " + fault.What, checker.CheckRequest(fault.Request).Violations.Count > 0))
                .Concat(exchange.Replies.SelectMany(original => Mutator.Spoil(operation, original).Select(fault => ("reply " + fault.What, checker.CheckReply(operation, exchange.Request, fault.Reply).Count > 0))));
            foreach (var (what, isCaught) in faults.Where(fault => fault.Item1.Contains(" rename ", StringComparison.Ordinal) || fault.Item1.Contains(" type of ", StringComparison.Ordinal)))
            {
                made++;
                caught += isCaught ? 1 : 0;
                if (!isCaught)
                {
                    missed.Add($"{exchange.Operation} {what}");
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{service}: {caught} of {made} caught, {(double)caught / made:P2}"));
        foreach (var place in missed.GroupBy(place => place, StringComparer.Ordinal).OrderByDescending(group => group.Count()))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  missed {place.Count()} times: {place.Key}"));
        }

        made.ShouldBeGreaterThan(least);
        ((double)caught / made).ShouldBeGreaterThanOrEqualTo(Required);
    }

    [Theory]
    [InlineData("azure")]
    [InlineData("aws")]
    [InlineData("captures")]
    public void Spoilt_Examples_AreCaught(string source)
    {
        Specs.Require();
        var exchanges = source switch
        {
            "azure" => AzureExamples.All(),
            "aws" => AwsExamples.All().Where(exchange => exchange.Request.Path != "/" || exchange.Description != ContractSpecs.S3),
            _ => Captures(),
        };

        var tally = new Dictionary<string, (int Made, int Caught)>(StringComparer.Ordinal);
        var missed = new Dictionary<string, int>(StringComparer.Ordinal);
        void Count(Exchange exchange, string what, bool isCaught)
        {
            var kind = string.Join(' ', what.Split(' ').Take(2));
            var (made, caught) = tally.GetValueOrDefault(kind);
            tally[kind] = (made + 1, caught + (isCaught ? 1 : 0));
            if (!isCaught)
            {
                var place = $"{exchange.Description} {exchange.Operation} {what}";
                missed[place] = missed.GetValueOrDefault(place) + 1;
            }
        }

        foreach (var exchange in exchanges)
        {
            var checker = new ContractChecker(ContractSpecs.Get(exchange.Description), source == "captures" ? "captures" : "examples") { AllowsNewerVersions = source == "captures" };
            var operation = checker.Description.Find(exchange.Operation);
            foreach (var (what, request) in Mutator.Spoil(operation, exchange.Request))
            {
                Count(exchange, "request " + what, checker.CheckRequest(request).Violations.Count > 0);
            }

            foreach (var original in exchange.Replies)
            {
                foreach (var (what, reply) in Mutator.Spoil(operation, original))
                {
                    Count(exchange, "reply " + what, checker.CheckReply(operation, exchange.Request, reply).Count > 0);
                }
            }
        }

        var all = tally.Values.Sum(pair => pair.Made);
        var rate = (double)tally.Values.Sum(pair => pair.Caught) / all;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source}: {all} faults, {rate:P2} caught"));
        foreach (var (kind, (made, caught)) in tally.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {kind}: {caught} of {made}");
        }

        foreach (var (place, count) in missed.OrderByDescending(pair => pair.Value).Take(60))
        {
            output.WriteLine($"  missed {count} times: {place}");
        }

        all.ShouldBeGreaterThan(source == "captures" ? 300 : 1_000);
        rate.ShouldBeGreaterThanOrEqualTo(Required);
    }

    private static IEnumerable<Exchange> Captures() =>
        CaptureTests.Read().Select(capture => new Exchange(capture.Description.Name, new ContractChecker(capture.Description, "captures") { AllowsNewerVersions = true }.Match(capture.Request)?.Name ?? "", capture.Name, capture.Request, [])).Where(exchange => exchange.Operation.Length > 0);
}
