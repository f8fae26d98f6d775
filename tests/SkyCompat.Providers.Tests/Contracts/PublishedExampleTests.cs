using System.Globalization;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>What the providers publish as right must pass.</summary>
public sealed class PublishedExampleTests
{
    // The first is published with an empty text as the bucket's name, so that it asks for nothing; the second is of a deprecated shape
    // that has two members, 'Event' and 'Events', for one element, and gives both.
    private static readonly string[] Unusable = ["to-set-cors-configuration-on-a-bucket-1483037818805", "to-get-notification-configuration-set-on-a-bucket-1481594028667"];

    [Fact]
    public void Azure_EveryExample_HasNoViolation()
    {
        Specs.Require();
        var exchanges = AzureExamples.All().ToList();

        Check(exchanges).ShouldBeEmpty();

        var bodies = exchanges.Count(exchange => exchange.Request.Body is not null) + exchanges.Sum(exchange => exchange.Replies.Count(reply => reply.Body is not null));
        bodies.ShouldBe(687, "the number of bodies that the README of the descriptions gives");
    }

    [Fact]
    public void Aws_EveryExample_HasNoViolation()
    {
        Specs.Require();

        var problems = Check([.. AwsExamples.All().Where(exchange => !Unusable.Contains(exchange.Name))]);
        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    private static List<string> Check(IReadOnlyCollection<Exchange> exchanges)
    {
        exchanges.Count.ShouldBeGreaterThan(100);
        var problems = new List<string>();
        foreach (var exchange in exchanges)
        {
            var checker = new ContractChecker(ContractSpecs.Get(exchange.Description), "examples");
            var (operation, violations) = checker.CheckRequest(exchange.Request);
            problems.AddRange(violations.Select(violation => $"{exchange.Name}: {violation}"));

            // Both generations of an operation have one address; a request does not say which is meant.
            if (operation is null || (operation.Name != exchange.Operation && !checker.Description.Find(exchange.Operation).IsDeprecated))
            {
                problems.Add($"{exchange.Name}: matched {operation?.Name ?? "nothing"} instead of {exchange.Operation}");
                continue;
            }

            foreach (var reply in exchange.Replies)
            {
                problems.AddRange(checker.CheckReply(operation, exchange.Request, reply).Select(violation => string.Create(CultureInfo.InvariantCulture, $"{exchange.Name} {reply.Status}: {violation}")));
            }
        }

        return problems;
    }
}
