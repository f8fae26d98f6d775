using SkyCompat.Azure;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Every row of the error table, with bodies as Azure writes them.</summary>
public sealed class AzureErrorTableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, string, CloudErrorCode, ErrorScope, bool, string?> Rows { get; } = new()
    {
        // Shortage: the offer in its zone or region, never sent again as it is.
        { 409, "ZonalAllocationFailed", "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone.", CloudErrorCode.CapacityShortage, ErrorScope.Offer, false, null },
        { 409, "AllocationFailed", "Allocation failed. We do not have sufficient capacity for the requested VM size in this region.", CloudErrorCode.CapacityShortage, ErrorScope.OfferInRegion, false, null },
        { 409, "OverconstrainedAllocationRequest", "Allocation failed. VM(s) with the following constraints cannot be allocated.", CloudErrorCode.CapacityShortage, ErrorScope.Offer, false, null },
        { 409, "OverconstrainedZonalAllocationRequest", "Allocation failed. VM(s) with the following constraints cannot be allocated.", CloudErrorCode.CapacityShortage, ErrorScope.Offer, false, null },
        { 409, "SkuNotAvailable", "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_D2s_v5' is currently not available in location 'westeurope'.", CloudErrorCode.CapacityShortage, ErrorScope.Offer, false, null },
        // Not sold.
        { 409, "SkuNotAvailable", "The requested VM size Standard_F4s_v2 is currently not available in location 'westeurope' for subscription.", CloudErrorCode.Unsupported, ErrorScope.Offer, false, null },
        { 400, "LocationNotAvailableForResourceType", "The provided location 'mars' is not available for resource type 'Microsoft.Compute/virtualMachines'.", CloudErrorCode.PermissionDenied, ErrorScope.Region, false, null },
        // Quotas: one code, three texts.
        { 409, "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota. Additional details - Location: westeurope, Current Limit: 10", CloudErrorCode.QuotaExceeded, ErrorScope.QuotaGroup, false, null },
        { 409, "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Location: westeurope", CloudErrorCode.QuotaExceeded, ErrorScope.Region, false, null },
        { 409, "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved LowPriorityCores quota. Additional details - Location: westeurope", CloudErrorCode.QuotaExceeded, ErrorScope.Market, false, null },
        { 409, "QuotaExceeded", "Operation results in exceeding quota limits of Core. Maximum allowed: 4, Current in use: 4, Additional requested: 2.", CloudErrorCode.QuotaExceeded, ErrorScope.Region, false, null },
        { 409, "ResourceQuotaExceeded", "Creating the resource of type 'Microsoft.Network/publicIPAddresses' would exceed the quota of '800'.", CloudErrorCode.QuotaExceeded, ErrorScope.Region, false, null },
        { 400, "PublicIPCountLimitReached", "Cannot create more than 10 public IP addresses for this subscription in this region.", CloudErrorCode.QuotaExceeded, ErrorScope.Region, false, null },
        // Who asks.
        { 401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", CloudErrorCode.Unauthenticated, ErrorScope.Cloud, false, null },
        { 401, "ExpiredAuthenticationToken", "The access token expiry UTC time '1/1/2026' is earlier than current UTC time.", CloudErrorCode.Unauthenticated, ErrorScope.Cloud, true, null },
        { 401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer.", CloudErrorCode.Unauthenticated, ErrorScope.Cloud, false, null },
        { 403, "AuthorizationFailed", "The client 'x' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/write'.", CloudErrorCode.PermissionDenied, ErrorScope.Cloud, false, null },
        { 403, "RequestDisallowedByPolicy", "Resource 'web' was disallowed by policy.", CloudErrorCode.PermissionDenied, ErrorScope.Region, false, null },
        { 409, "ReadOnlyDisabledSubscription", "The subscription is disabled and therefore marked as read only.", CloudErrorCode.PermissionDenied, ErrorScope.Cloud, false, null },
        { 409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Compute'.", CloudErrorCode.PermissionDenied, ErrorScope.Cloud, false, null },
        { 404, "SubscriptionNotFound", "The subscription 'x' could not be found.", CloudErrorCode.NotFound, ErrorScope.Cloud, false, null },
        // What is not there.
        { 404, "ResourceNotFound", "The Resource 'Microsoft.Compute/virtualMachines/web' under resource group 'skycompat' was not found.", CloudErrorCode.NotFound, ErrorScope.Request, false, ComputeErrorReasons.InstanceNotFound },
        { 404, "ResourceGroupNotFound", "Resource group 'skycompat' could not be found.", CloudErrorCode.NotFound, ErrorScope.Request, false, ComputeErrorReasons.InstanceNotFound },
        { 404, "NotFound", "The entity was not found.", CloudErrorCode.NotFound, ErrorScope.Request, false, ComputeErrorReasons.InstanceNotFound },
        { 404, "NotFound", "The image 'a:b:c:latest' was not found in westeurope.", CloudErrorCode.NotFound, ErrorScope.Request, false, ComputeErrorReasons.ImageNotFound },
        { 404, "PlatformImageNotFound", "The platform image 'a:b:c:latest' is not available.", CloudErrorCode.NotFound, ErrorScope.Request, false, ComputeErrorReasons.ImageNotFound },
        { 400, "InvalidResourceReference", "Resource /subscriptions/…/subnets/x referenced by resource web was not found.", CloudErrorCode.NotFound, ErrorScope.Request, false, null },
        // States.
        { 409, "Conflict", "The request failed due to conflict with a concurrent request.", CloudErrorCode.Conflict, ErrorScope.Request, false, null },
        { 409, "AnotherOperationInProgress", "Another operation on this or dependent resource is in progress.", CloudErrorCode.Conflict, ErrorScope.Request, true, null },
        { 409, "OperationNotAllowed", "Operation 'restart' is not allowed on VM 'web' since the VM is not running.", CloudErrorCode.Conflict, ErrorScope.Request, false, ComputeErrorReasons.WrongState },
        { 409, "OperationNotAllowed", "Operation 'start' is not allowed on VM 'web' since the VM is being deleted.", CloudErrorCode.Conflict, ErrorScope.Request, true, null },
        { 409, "PropertyChangeNotAllowed", "Changing property 'osProfile' is not allowed.", CloudErrorCode.Conflict, ErrorScope.Request, false, ComputeErrorReasons.KeyReused },
        { 400, "InUseSubnetCannotBeDeleted", "Subnet default is in use.", CloudErrorCode.Conflict, ErrorScope.Request, false, null },
        { 409, "OSProvisioningTimedOut", "OS Provisioning for VM 'web' did not finish in the allotted time.", CloudErrorCode.Unavailable, ErrorScope.Request, false, ComputeErrorReasons.TerminalState },
        // Input, throttling, faults.
        { 400, "BadRequest", "The request is not valid.", CloudErrorCode.InvalidArgument, ErrorScope.Request, false, null },
        { 400, "InvalidParameter", "The value is not valid.", CloudErrorCode.InvalidArgument, ErrorScope.Request, false, null },
        { 400, "InvalidTagNameCharacters", "The tag names 'a/b' have reserved characters '<,>,*,%,&,:,\\,?,+,/'.", CloudErrorCode.InvalidArgument, ErrorScope.Request, false, ComputeErrorReasons.TagNotSupported },
        { 429, "TooManyRequests", "The request is being throttled as the limit has been reached for operation type.", CloudErrorCode.Throttled, ErrorScope.Request, true, null },
        { 429, "OperationNotAllowed", "The server rejected the request because too many requests have been received for this subscription.", CloudErrorCode.Throttled, ErrorScope.Request, true, null },
        { 500, "InternalServerError", "Encountered internal server error.", CloudErrorCode.Unavailable, ErrorScope.Request, true, null },
        { 504, "GatewayTimeout", "The gateway did not receive a response in time.", CloudErrorCode.Timeout, ErrorScope.Request, true, null },
        { 409, "SomethingNew", "Nobody knows this.", CloudErrorCode.Conflict, ErrorScope.Request, false, null },
        { 400, "SomethingNew", "Nobody knows this.", CloudErrorCode.InvalidArgument, ErrorScope.Request, false, null },
        { 503, "SomethingNew", "Nobody knows this.", CloudErrorCode.Unavailable, ErrorScope.Request, true, null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Rows_hold_for_replies(int status, string code, string message, CloudErrorCode expected, ErrorScope scope, bool transient, string? reason)
    {
        await using var cloud = await ArmCloud.StartAsync();
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.Refuse) { Method = "POST", Status = status, Code = code, Message = message, RetryAfter = status == 429 ? "7" : null });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("web", InstanceAction.Start, Token));

        error.Code.ShouldBe(expected);
        error.Scope.ShouldBe(scope);
        error.IsTransient.ShouldBe(transient);
        error.Reason.ShouldBe(reason);
        error.ProviderCode.ShouldBe(code);
        error.StatusCode.ShouldBe(status);
        error.RequestId.ShouldNotBeNullOrEmpty();
        error.RetryAfter.ShouldBe(status == 429 ? TimeSpan.FromSeconds(7) : null);
        error.Message.ShouldNotContain(StaticToken.Text);
    }

    [Theory]
    [InlineData("AllocationFailed", "Allocation failed.", CloudErrorCode.CapacityShortage, ErrorScope.OfferInRegion)]
    [InlineData("ZonalAllocationFailed", "Allocation failed.", CloudErrorCode.CapacityShortage, ErrorScope.Offer)]
    [InlineData("OperationPreempted", "Operation execution has been preempted by a more recent operation.", CloudErrorCode.Conflict, ErrorScope.Request)]
    [InlineData("OSProvisioningTimedOut", "OS Provisioning did not finish.", CloudErrorCode.Unavailable, ErrorScope.Request)]
    [InlineData("InternalExecutionError", "An internal execution error occurred.", CloudErrorCode.Unavailable, ErrorScope.Request)]
    [InlineData("NobodyKnows", "Nobody knows this.", CloudErrorCode.Unknown, ErrorScope.Request)]
    public async Task Rows_hold_for_operations(string code, string message, CloudErrorCode expected, ErrorScope scope)
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync();
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.FailOperation) { Method = "PUT", Target = "virtualMachines", Code = code, Message = message });

        var error = await Should.ThrowAsync<CloudException>(async () => await cloud.SettleAsync((await cloud.Driver.LaunchAsync(request, Token)).Handle));

        error.Code.ShouldBe(expected);
        error.Scope.ShouldBe(scope);
        error.ProviderCode.ShouldBe(code);
        error.StatusCode.ShouldBeNull();
    }

    [Theory]
    [InlineData(Market.OnDemand, CloudErrorCode.Unsupported)]
    [InlineData(Market.Spot, CloudErrorCode.CapacityShortage)]
    public async Task A_size_that_is_not_available_is_not_sold_or_as_spot_has_run_out(Market market, CloudErrorCode expected)
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync(market: market);
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.Refuse)
        {
            Method = "PUT", Target = "virtualMachines", Status = 409, Code = "SkuNotAvailable", Message = "The requested VM size Standard_D2s_v5 is currently not available in location 'westeurope'.",
        });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, Token));

        (error.Code, error.Scope, error.IsTransient).ShouldBe((expected, ErrorScope.Offer, false));
    }

    [Fact]
    public async Task A_spot_machine_has_the_reasons_of_any()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync(market: Market.Spot);
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.Refuse) { Method = "PUT", Target = "virtualMachines", Status = 409, Code = "PropertyChangeNotAllowed", Message = "Changing property 'osProfile' is not allowed." });

        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, Token))).Reason.ShouldBe(ComputeErrorReasons.KeyReused);
    }

    [Theory]
    [InlineData("""{"error":{"code":"InvalidTemplateDeployment","message":"The template deployment failed.","details":[{"code":"QuotaExceeded","message":"exceeding approved standardDSv5Family Cores quota."}]}}""", CloudErrorCode.QuotaExceeded, ErrorScope.QuotaGroup)]
    [InlineData("""{"error":{"code":"DeploymentFailed","message":"At least one resource failed.","details":[{"code":"Conflict","message":"{\"error\":{\"code\":\"SkuNotAvailable\",\"message\":\"not available\"}}"}]}}""", CloudErrorCode.Conflict, ErrorScope.Request)]
    [InlineData("""{"error":{"code":"DeploymentFailed","message":"{\"error\":{\"code\":\"ZonalAllocationFailed\",\"message\":\"none\"}}"}}""", CloudErrorCode.CapacityShortage, ErrorScope.Offer)]
    [InlineData("""{"error":{"code":"MultipleErrorsOccurred","message":"Several.","details":[{"code":"InvalidTemplateDeployment","message":"x","details":[{"code":"AuthorizationFailed","message":"x"}]}]}}""", CloudErrorCode.PermissionDenied, ErrorScope.Cloud)]
    [InlineData("""{"code":"AllocationFailed","message":"The outer part is left out."}""", CloudErrorCode.CapacityShortage, ErrorScope.OfferInRegion)]
    [InlineData("""{"error":{"code":"InvalidTemplateDeployment","message":"Not JSON: {"}}""", CloudErrorCode.Conflict, ErrorScope.Request)]
    public void Wrappers_are_opened(string body, CloudErrorCode code, ErrorScope scope)
    {
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Conflict);
        response.Headers.Add("x-ms-request-id", "1");

        var error = ArmErrors.Create(ArmFailure.Read(response, System.Text.Encoding.UTF8.GetBytes(body), new ServerClock(TimeProvider.System)), ArmSubject.Resource, isWrite: true);

        error.Code.ShouldBe(code);
        error.Scope.ShouldBe(scope);
    }

    [Theory]
    [InlineData(502, CloudErrorCode.Unavailable, true)]
    [InlineData(403, CloudErrorCode.Unknown, false)]
    [InlineData(302, CloudErrorCode.Unknown, false)]
    public async Task A_proxy_is_not_taken_for_Azure(int status, CloudErrorCode code, bool transient)
    {
        await using var cloud = await ArmCloud.StartAsync(isChecked: false);
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.ProxyPage) { Status = status });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("web", Token));

        error.Code.ShouldBe(code);
        error.IsTransient.ShouldBe(transient);
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.ProxyPage) { Status = 200 });
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("web", Token))).Message.ShouldContain("not valid JSON");
    }
}
