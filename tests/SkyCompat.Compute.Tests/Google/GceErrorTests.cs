using SkyCompat.Emulators.GoogleCompute;
using SkyCompat.Google;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.Compute.ComputeErrorReasons;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>The error table: every code of the reference, as a refused request and as an operation that is done and failed.</summary>
public sealed class GceErrorTests
{
    private const string Stock = "The zone 'projects/p/zones/europe-west3-a' does not have enough resources available to fulfill the request.  Try a different zone, or try again later.";

    /// <summary>Code, message, error code, reason, scope, transient: of operations.</summary>
    public static TheoryData<string, string, CloudErrorCode, string?, ErrorScope, bool> OperationCodes { get; } = new()
    {
        // Capacity.
        { "ZONE_RESOURCE_POOL_EXHAUSTED", Stock, CapacityShortage, null, ErrorScope.Offer, false },
        { "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS", Stock, CapacityShortage, null, ErrorScope.Offer, false },
        { "RESOURCE_POOL_EXHAUSTED", Stock, CapacityShortage, null, ErrorScope.Offer, false },
        { "VM_MIN_COUNT_NOT_REACHED", "Requested minimum count of 2 VMs could not be created.", CapacityShortage, Reasons.BelowMinimum, ErrorScope.Offer, false },
        { "UNSUPPORTED_OPERATION", "Instance was preempted while it was created.", CapacityShortage, Reasons.Preempted, ErrorScope.Offer, false },

        // Quota: of a family, of spot, of the region, of the whole cloud.
        { "QUOTA_EXCEEDED", "Quota 'N2_CPUS' exceeded.  Limit: 24.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.QuotaGroup, false },
        { "QUOTA_EXCEEDED", "Quota 'NVIDIA_L4_GPUS' exceeded.  Limit: 1.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.QuotaGroup, false },
        { "QUOTA_EXCEEDED", "Quota 'PREEMPTIBLE_CPUS' exceeded.  Limit: 8.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.Market, false },
        { "QUOTA_EXCEEDED", "Quota 'PREEMPTIBLE_LOCAL_SSD_GB' exceeded.  Limit: 0.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.Market, false },
        { "QUOTA_EXCEEDED", "Quota 'PREEMPTIBLE_NVIDIA_L4_GPUS' exceeded.  Limit: 0.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.QuotaGroup, false },
        { "QUOTA_EXCEEDED", "Quota 'CPUS' exceeded.  Limit: 24.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.Region, false },
        { "QUOTA_EXCEEDED", "Quota 'IN_USE_ADDRESSES' exceeded.  Limit: 8.0 in region europe-west3.", QuotaExceeded, null, ErrorScope.Region, false },
        { "QUOTA_EXCEEDED", "Quota 'GPUS_ALL_REGIONS' exceeded.  Limit: 0.0 globally.", QuotaExceeded, null, ErrorScope.Cloud, false },
        { "QUOTA_EXCEEDED", "Quota 'CPUS_ALL_REGIONS' exceeded.  Limit: 12.0 globally.", QuotaExceeded, null, ErrorScope.Cloud, false },
        { "QUOTA_EXCEEDED", "Exceeded.", QuotaExceeded, null, ErrorScope.Region, false },

        // A type that the zone does not have.
        { "INVALID_FIELD_VALUE", "Machine type with name 'c4-standard-4' does not exist in zone 'europe-west3-a'.", Unsupported, null, ErrorScope.Offer, false },
        { "RESOURCE_NOT_FOUND", "The resource 'projects/p/zones/europe-west3-a/machineTypes/c4-standard-4' was not found", Unsupported, null, ErrorScope.Offer, false },

        // The rest.
        { "RESOURCE_NOT_READY", "The resource is not ready", Conflict, null, ErrorScope.Request, true },
        { "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "The resource is in use", Conflict, null, ErrorScope.Request, false },
        { "RESOURCE_OPERATION_RATE_EXCEEDED", "Operation rate exceeded for resource", Throttled, null, ErrorScope.Request, true },
        { "RATE_LIMIT_EXCEEDED", "Rate limit exceeded", Throttled, null, ErrorScope.Request, true },
        { "PERMISSIONS_ERROR", "Required 'compute.instances.create' permission", PermissionDenied, null, ErrorScope.Cloud, false },
        { "IAM_PERMISSION_DENIED", "Permission denied", PermissionDenied, null, ErrorScope.Cloud, false },
        { "RESOURCE_NOT_FOUND", "The resource 'projects/p/global/images/x' was not found", NotFound, Reasons.ImageNotFound, ErrorScope.Request, false },
        { "RESOURCE_ALREADY_EXISTS", "The resource already exists", AlreadyExists, null, ErrorScope.Request, false },
        { "INVALID_FIELD_VALUE", "Invalid value for field", InvalidArgument, null, ErrorScope.Request, false },
        { "INVALID_USAGE", "Invalid usage", InvalidArgument, null, ErrorScope.Request, false },
        { "INTERNAL_ERROR", "Internal error. Please try again or contact Google Support.", Unavailable, null, ErrorScope.Request, true },
        { "ZONE_OFFLINE", "The zone is offline", Unavailable, null, ErrorScope.Zone, true },
        { "OPERATION_CANCELED_BY_USER", "Cancelled", Conflict, null, ErrorScope.Request, false },
        { "SOMETHING_NEW", "Nobody knows", Unknown, null, ErrorScope.Request, false },
    };

    /// <summary>Status, reason, message, error code, scope, transient: of refused launches.</summary>
    public static TheoryData<int, string, string, CloudErrorCode, ErrorScope, bool> Refusals { get; } = new()
    {
        { 503, "ZONE_RESOURCE_POOL_EXHAUSTED", Stock, CapacityShortage, ErrorScope.Offer, false },
        { 400, "insufficientCapacity", Stock, CapacityShortage, ErrorScope.Offer, false },
        { 503, "backendError", Stock, Unavailable, ErrorScope.Request, true },
        { 403, "quotaExceeded", "Quota 'CPUS' exceeded.  Limit: 24.0 in region europe-west3.", QuotaExceeded, ErrorScope.Region, false },
        { 403, "quotaExceeded", "Quota 'GPUS_ALL_REGIONS' exceeded.  Limit: 0.0 globally.", QuotaExceeded, ErrorScope.Cloud, false },
        { 400, "invalid", "Invalid value for field 'resource.machineType': 'x'. Machine type with name 'x' does not exist in zone 'europe-west3-a'.", Unsupported, ErrorScope.Offer, false },
        { 404, "notFound", "The resource 'projects/p/zones/z/machineTypes/x' was not found", Unsupported, ErrorScope.Offer, false },
        { 404, "notFound", "The resource 'projects/p' was not found", NotFound, ErrorScope.Cloud, false },
        { 404, "notFound", "The resource 'projects/p/global/networks/default' was not found", NotFound, ErrorScope.Request, false },
        { 400, "invalid", "Invalid value for field 'zone': 'mars'. Unknown zone.", NotFound, ErrorScope.Request, false },
        { 401, "authError", "Invalid Credentials", Unauthenticated, ErrorScope.Cloud, false },
        { 401, "required", "Login Required", Unauthenticated, ErrorScope.Cloud, false },
        { 403, "forbidden", "Required 'compute.instances.create' permission for 'projects/p'", PermissionDenied, ErrorScope.Cloud, false },
        { 403, "insufficientPermissions", "Insufficient Permission", PermissionDenied, ErrorScope.Cloud, false },
        { 403, "accessNotConfigured", "Compute Engine API has not been used in project 42", PermissionDenied, ErrorScope.Cloud, false },
        { 403, "rateLimitExceeded", "Rate Limit Exceeded", Throttled, ErrorScope.Request, true },
        { 429, "rateLimitExceeded", "Rate Limit Exceeded", Throttled, ErrorScope.Request, true },
        { 403, "userRateLimitExceeded", "User Rate Limit Exceeded", Throttled, ErrorScope.Request, true },
        { 400, "resourceNotReady", "The resource is not ready", Conflict, ErrorScope.Request, true },
        { 400, "resourceInUseByAnotherResource", "already being used by", Conflict, ErrorScope.Request, false },
        { 409, "somethingElse", "Conflict", Conflict, ErrorScope.Request, false },
        { 412, "conditionNotMet", "Labels fingerprint either invalid or resource labels have changed", PreconditionFailed, ErrorScope.Request, false },
        { 400, "invalid", "Invalid value for field 'resource.name'", InvalidArgument, ErrorScope.Request, false },
        { 400, "required", "Required field 'resource' not specified", InvalidArgument, ErrorScope.Request, false },
        { 405, "httpMethodNotAllowed", "Method not allowed", Unsupported, ErrorScope.Request, false },
        { 500, "internalError", "Internal Error", Unavailable, ErrorScope.Request, true },
        { 502, "somethingNew", "Bad Gateway", Unavailable, ErrorScope.Request, true },
        { 503, "backendError", "Backend Error", Unavailable, ErrorScope.Request, true },
        { 408, "somethingNew", "Timeout", CloudErrorCode.Timeout, ErrorScope.Request, true },
        { 418, "somethingNew", "Teapot", InvalidArgument, ErrorScope.Request, false },
    };

    [Theory]
    [MemberData(nameof(OperationCodes))]
    public async Task Operation_DoneAndFailed_RaisesItsRow(string code, string message, CloudErrorCode expected, string? reason, ErrorScope scope, bool transient)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.insert", OperationCode = code, Message = message, OperationStatus = code == "SOMETHING_NEW" ? 0 : 503 });
        var receipt = await cloud.LaunchAsync();
        var error = (await cloud.EndAsync(receipt.Handle)).ShouldNotBeNull();
        error.Code.ShouldBe(expected);
        error.Reason.ShouldBe(reason);
        error.Scope.ShouldBe(scope);
        error.IsTransient.ShouldBe(transient);
        error.ProviderCode.ShouldBe(code);
        error.RequestId.ShouldBe(receipt.Handle!.Split('/')[^1]);
        error.Message.ShouldContain(message);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Request_Refused_RaisesItsRow(int status, string reason, string message, CloudErrorCode expected, ErrorScope scope, bool transient)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var request = await cloud.RequestAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.insert", Status = status, Reason = reason, Message = message });
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, default));
        error.Code.ShouldBe(expected);
        error.Scope.ShouldBe(scope);
        error.ProviderCode.ShouldBe(reason);
        error.StatusCode.ShouldBe(status);

        // A token that worked before is asked for anew, of which a fixed one has no other.
        error.IsTransient.ShouldBe(transient);
        error.MayHaveTakenEffect.ShouldBe(status >= 500 && expected == Unavailable);
        error.Message.ShouldNotContain(GceTestCloud.Token);
    }

    [Fact]
    public void Operation_QuotaInDetailsOnly_NamesTheMetric()
    {
        var operation = new GceOperation
        {
            Name = "operation-1",
            Status = "DONE",
            Error = new GceOperationError
            {
                Errors = [new GceOperationProblem { Code = "QUOTA_EXCEEDED", Message = "Quota exceeded.", ErrorDetails = [new GceProblemDetail { QuotaInfo = new GceQuotaInfo { MetricName = "compute.googleapis.com/gpus_all_regions" } }] }],
            },
        };
        GceErrors.OfOperation(operation, GceSubject.NewInstance).ShouldNotBeNull().Scope.ShouldBe(ErrorScope.Cloud);
    }

    [Fact]
    public void Operation_SeveralProblems_StockComesFirst()
    {
        var operation = new GceOperation
        {
            Name = "operation-1",
            Status = "DONE",
            Error = new GceOperationError
            {
                Errors = [new GceOperationProblem { Code = "INTERNAL_ERROR", Message = "Summary" }, new GceOperationProblem { Code = "ZONE_RESOURCE_POOL_EXHAUSTED", Message = Stock }],
            },
        };
        GceErrors.OfOperation(operation, GceSubject.NewInstance).ShouldNotBeNull().Code.ShouldBe(CapacityShortage);
    }

    [Fact]
    public async Task Throttled_TellsHowLongToWait()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.get", Status = 429, Reason = "rateLimitExceeded", RetryAfterSeconds = 7 });
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("europe-west3-a/web", default))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task WrongToken_IsUnauthenticatedForTheCloud()
    {
        await using var emulator = await GceEmulator.StartAsync(new GceEmulatorOptions { AccessTokens = ["another"] });
        var (services, contracts) = GceTestCloud.Build(emulator, "tests");
        await using var host = services;
        var cloud = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ISky>(host).GetCloud("gce");
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Compute.TryGetInstanceAsync("europe-west3-a/web"));
        error.Code.ShouldBe(Unauthenticated);
        error.Scope.ShouldBe(ErrorScope.Cloud);
        error.ToString().ShouldNotContain(GceTestCloud.Token);
        contracts.AssertClean();
    }

    [Fact]
    public async Task Proxy_ThatAnswersInItsPlace_IsNotTakenForTheService()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        await using var wire = new RawCloud(502, "<html>Bad Gateway</html>");
        (await Should.ThrowAsync<CloudException>(() => wire.Driver.TryGetAsync("z-a/web", default))).Code.ShouldBe(Unavailable);
        await using var page = new RawCloud(404, "<html>Not here</html>");
        (await Should.ThrowAsync<CloudException>(() => page.Driver.TryGetAsync("z-a/web", default))).Code.ShouldBe(Unknown, "a page that is not found says nothing of instances");
        await using var login = new RawCloud(200, "<html>Log in</html>");
        (await Should.ThrowAsync<CloudException>(() => login.Driver.TryGetAsync("z-a/web", default))).Code.ShouldBe(Unknown);
    }

    [Fact]
    public async Task Connection_ThatBreaks_IsUnavailable()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.get", Drop = true });
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("europe-west3-a/web", default));
        error.Code.ShouldBe(Unavailable);
        error.MayHaveTakenEffect.ShouldBeFalse();
        await cloud.Emulator.DisposeAsync();
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("europe-west3-a/web", default))).Message.ShouldContain("ComputeEndpoint");
    }

    /// <summary>A driver whose requests do not leave the process.</summary>
    private sealed class RawCloud : IAsyncDisposable
    {
        private readonly HttpMessageInvoker _http;

        public RawCloud(int status, string body)
        {
            _http = new HttpMessageInvoker(new Answer(status, body));
            Driver = new GceDriver(new GceContext(GceContext.DefaultEndpoint)
            {
                ProjectId = "p",
                Region = GceTestCloud.Region,
                Tokens = new StaticTokenSource("token"),
                Clock = new ServerClock(TimeProvider.System),
                Http = _http,
            });
        }

        public GceDriver Driver { get; }

        public async ValueTask DisposeAsync()
        {
            await Driver.DisposeAsync();
            _http.Dispose();
        }

        private sealed class Answer(int status, string body) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "text/html") });
        }
    }
}
