using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;
using SkyCompat.Emulators.AlibabaOss;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>The Alibaba adapter on the OSS emulator, which runs in this process.</summary>
public sealed class OssHarness : ProviderHarness
{
    private OssEmulator? _emulator;

    public override string Provider => "Alibaba OSS (emulator)";

    public override IReadOnlyCollection<string> Secrets => [OssAccount.Main.AccessKeySecret];

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.ascii-0"] = "its web server refuses NUL in a URL",
        ["keys.sign.ascii-0"] = "its web server refuses NUL in a URL",
        ["keys.odd.leading-slash"] = "OSS takes no key that starts with a slash",
        ["keys.sign.leading-slash"] = "OSS takes no key that starts with a slash",
        ["keys.odd.only-slashes"] = "OSS takes no key that starts with a slash",
        ["keys.sign.only-slashes"] = "OSS takes no key that starts with a slash",
    };

    protected override string ProviderName => "Alibaba";

    protected override string Region => "cn-hangzhou";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Endpoint"] = _emulator!.Endpoint.GetLeftPart(UriPartial.Authority),
        ["AccessKeyId"] = OssAccount.Main.AccessKeyId,
        ["AccessKeySecret"] = OssAccount.Main.AccessKeySecret,
    };

    protected override IReadOnlyList<ContractService> ContractServices =>
    [
        new()
        {
            Description = ContractSpecs.Get(ContractSpecs.Oss),
            Endpoint = _emulator!.Endpoint,
            Server = "oss-emulator",
            Signatures = new Oss4Verifier(key => key == OssAccount.Main.AccessKeyId ? OssAccount.Main.AccessKeySecret : null),
            RequiresSignature = true,
        },
    ];

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _emulator = await OssEmulator.StartAsync(new OssEmulatorOptions());
        await base.InitializeAsync(cancellationToken);
        OpenLate(Settings);
    }

    /// <summary>The late cloud sees no Date, from which it would learn the time as soon as it asks whether the bucket keeps versions.</summary>
    protected override void Configure(IServiceCollection services, TimeProvider clock)
    {
        if (clock != TimeProvider.System)
        {
            services.AddTransient<DateRemover>().AddHttpClient("SkyCompat.Alibaba").AddHttpMessageHandler<DateRemover>();
        }
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    private sealed class DateRemover : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Headers.Remove("Date");
            return response;
        }
    }
}
