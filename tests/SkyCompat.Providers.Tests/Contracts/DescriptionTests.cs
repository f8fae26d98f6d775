using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>All four dialects are read whole.</summary>
public sealed class DescriptionTests
{
    [Theory]
    [InlineData(ContractSpecs.S3, 111)]
    [InlineData(ContractSpecs.Ec2, 71)]
    [InlineData(ContractSpecs.Eks, 64)]
    [InlineData(ContractSpecs.AwsSts, 11)]
    [InlineData(ContractSpecs.AzureBlob, 69)]
    [InlineData(ContractSpecs.AzureCompute, 46)]
    [InlineData(ContractSpecs.AzureDisks, 16)]
    [InlineData(ContractSpecs.AzureSkus, 1)]
    [InlineData(ContractSpecs.AzureNetwork, 36)]
    [InlineData(ContractSpecs.AzureContainerService, 36)]
    [InlineData(ContractSpecs.AzureResources, 19)]
    [InlineData(ContractSpecs.AzureSubscriptions, 4)]
    [InlineData(ContractSpecs.GoogleStorage, 77)]
    [InlineData(ContractSpecs.GoogleCompute, 95)]
    [InlineData(ContractSpecs.GoogleContainer, 65)]
    [InlineData(ContractSpecs.GoogleIamCredentials, 4)]
    [InlineData(ContractSpecs.Oss, 162)]
    [InlineData(ContractSpecs.Ecs, 70)]
    [InlineData(ContractSpecs.AlibabaVpc, 23)]
    [InlineData(ContractSpecs.AlibabaSts, 4)]
    [InlineData(ContractSpecs.AlibabaContainerService, 55)]
    public void Description_IsRead_WithEveryOperation(string name, int operations)
    {
        Specs.Require();
        var description = ContractSpecs.Get(name);

        // One operation has several addresses where it uploads, and several methods in calls; those that a supplement adds are not the provider's.
        description.Operations.Where(operation => operation.SupplementReason is null && !operation.Name.EndsWith(".batch", StringComparison.Ordinal))
            .Select(operation => operation.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal).Count().ShouldBe(operations);
    }

    [Fact]
    public void Exemptions_Each_GiveReason()
    {
        foreach (var exemption in ContractExemptions.All)
        {
            exemption.Reason.Length.ShouldBeGreaterThan(40, exemption.ToString());
            exemption.Places.ShouldAllBe(place => place != "*", $"An exemption names what it exempts: {exemption.Reason}");
        }
    }
}
