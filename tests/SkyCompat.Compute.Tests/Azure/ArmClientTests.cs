using System.Net;
using System.Text;
using SkyCompat.Azure;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>The client of Azure Resource Manager by itself.</summary>
public sealed class ArmClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_the_service_calls_expired_is_fetched_anew()
    {
        var tokens = new StaticToken(call => call == 1 ? "expired" : StaticToken.Text);
        await using var cloud = await ArmCloud.StartAsync(credential: tokens);

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("web", Token));
        error.ProviderCode.ShouldBe("ExpiredAuthenticationToken");
        error.IsTransient.ShouldBeTrue();

        (await cloud.Driver.TryGetAsync("web", Token)).ShouldBeNull();
        tokens.Calls.ShouldBe(2);
        tokens.Scopes.ShouldAllBe(scope => scope == "https://management.azure.com/.default");
    }

    [Fact]
    public async Task A_wrong_token_is_no_passing_trouble()
    {
        await using var cloud = await ArmCloud.StartAsync(credential: new StaticToken(_ => "wrong"));
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("web", Token));
        error.Code.ShouldBe(CloudErrorCode.Unauthenticated);
        error.Scope.ShouldBe(ErrorScope.Cloud);
        error.IsTransient.ShouldBeFalse();
        error.ToString().ShouldNotContain("wrong\"");
    }

    [Theory]
    [InlineData("https://example.com/subscriptions/x/operations/1")]
    [InlineData("//example.com/operations/1")]
    [InlineData("http://127.0.0.1:9/operations/1")]
    public async Task No_token_is_sent_elsewhere(string address)
    {
        await using var cloud = await ArmCloud.StartAsync();
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.CheckAsync(address, Token));
        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.ListPageAsync(new InstanceQuery { Regions = ["westeurope"] }, address, Token))).Code.ShouldBe(CloudErrorCode.InvalidArgument);
    }

    [Fact]
    public async Task An_operation_that_is_forgotten_is_done()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var address = $"/subscriptions/{ArmCloud.Subscription}/providers/Microsoft.Compute/locations/westeurope/operations/none?api-version=2024-03-01";
        (await cloud.Driver.CheckAsync(address, Token)).IsDone.ShouldBeTrue();
    }

    [Theory]
    [InlineData(202, "", false, null)]
    [InlineData(200, "", true, null)]
    [InlineData(204, "", true, null)]
    [InlineData(200, """{"id":"/subscriptions/x"}""", true, null)]
    [InlineData(202, """{"status":"InProgress"}""", false, null)]
    [InlineData(200, """{"status":"InProgress"}""", false, null)]
    [InlineData(200, """{"status":"Accepted"}""", false, null)]
    [InlineData(202, """{"status":"Succeeded"}""", true, null)]
    [InlineData(200, """{"status":"succeeded"}""", true, null)]
    [InlineData(200, """{"status":"Failed","error":{"code":"AllocationFailed","message":"none"}}""", true, CloudErrorCode.CapacityShortage)]
    [InlineData(200, """{"status":"Canceled","error":{"code":"OperationPreempted","message":"later"}}""", true, CloudErrorCode.Conflict)]
    [InlineData(200, """{"status":"Failed"}""", true, CloudErrorCode.Unknown)]
    public async Task Both_kinds_of_operation_are_understood(int status, string body, bool isDone, CloudErrorCode? code)
    {
        var operations = new ArmOperations(Client((_, _) => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));

        var check = await operations.CheckAsync("/operations/1", ArmSubject.Instance, Token);

        check.IsDone.ShouldBe(isDone);
        ((CloudErrorCode?)check.Error?.Code).ShouldBe(code);
    }

    [Fact]
    public async Task A_list_that_repeats_its_page_ends()
    {
        var client = Client((_, _) => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"value":[],"nextLink":"https://management.azure.com/a?b"}""") });
        var error = await Should.ThrowAsync<CloudException>(() => client.ListAllAsync("/a", "1", null, Token));
        error.Message.ShouldContain("same page");
    }

    [Fact]
    public async Task A_reply_that_breaks_off_says_whether_something_may_have_happened()
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync();
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.DropRequest) { Method = "POST" });
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("web", InstanceAction.Stop, Token))).MayHaveTakenEffect.ShouldBeTrue();
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.DropRequest) { Method = "GET" });
        var read = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("web", Token));
        read.MayHaveTakenEffect.ShouldBeFalse();
        read.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelling_passes()
    {
        await using var cloud = await ArmCloud.StartAsync();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cloud.Driver.TryGetAsync("web", source.Token));
    }

    [Theory]
    [InlineData("web", "/subscriptions/s/resourceGroups/own/providers/Microsoft.Compute/virtualMachines/web")]
    [InlineData("Other/web", "/subscriptions/s/resourceGroups/Other/providers/Microsoft.Compute/virtualMachines/web")]
    [InlineData("a b", "/subscriptions/s/resourceGroups/own/providers/Microsoft.Compute/virtualMachines/a%20b")]
    public void Ids_are_names_in_the_own_group(string id, string path)
    {
        var scope = new ArmScope("s", "own");
        scope.One(ArmTypes.Machine, id).ShouldBe(path);
        scope.ShortId(Uri.UnescapeDataString(path).Replace("/own/", "/OWN/", StringComparison.Ordinal)).ShouldBe(id);
        scope.ShortId("/subscriptions/s").ShouldBeNull();
    }

    private static ArmClient Client(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> reply)
    {
        var clock = new ServerClock(TimeProvider.System);
        return new ArmClient(new ArmContext
        {
            Endpoint = new Uri("https://management.azure.com"),
            Tokens = new TokenSource(new StaticToken(), clock, "scope"),
            Clock = clock,
            Http = new HttpMessageInvoker(new Stub(reply)),
            Scope = new ArmScope("s", "g"),
        });
    }

    private sealed class Stub(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(reply(request, cancellationToken));
    }
}
