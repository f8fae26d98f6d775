using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat.Compute.Tests.Local;

/// <summary>One process with the test guest as its image, and as many others as are opened on the same root.</summary>
internal sealed class VmHost : IAsyncDisposable
{
    private readonly List<ServiceProvider> _opened = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("skycompat-vm-").FullName;

    /// <summary>Settings below <c>Local:Compute</c>, beside those of the guest.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    public IComputeService Open(string owner = "vm-tests")
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Compute:Owner"] = owner,
            ["Clouds:home:Provider"] = "Local",
            ["Clouds:home:Local:Root"] = Root,
            ["Clouds:home:Local:Compute:Vm:GuestPort"] = "80",
            ["Clouds:home:Local:Compute:Vm:Images:ubuntu-24.04:Kernel"] = VmGuest.Kernel,
            ["Clouds:home:Local:Compute:Vm:Images:ubuntu-24.04:Initrd"] = VmGuest.Initrd,
            ["Clouds:home:Local:Compute:Vm:Images:ubuntu-24.04:Arguments"] = "console=ttyS0 quiet",
            ["Clouds:home:Compute:PollInterval"] = "00:00:00.05",
        };
        foreach (var (name, value) in Settings)
        {
            settings["Clouds:home:Local:Compute:" + name] = value;
        }

        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddLocal();
        var host = services.BuildServiceProvider();
        lock (_opened)
        {
            _opened.Add(host);
        }

        return host.GetRequiredService<IComputeService>();
    }

    public static async Task<Offer> OfferAsync(IComputeService compute, string type, CancellationToken cancellationToken) =>
        await compute.FindOffersAsync(new OfferQuery(new MachineNeed { InstanceType = type }), cancellationToken).FirstAsync(cancellationToken);

    public static int PortOf(Instance instance) => int.Parse(instance.Tags[ComputeTags.Port], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        var compute = Open();
        await foreach (var instance in compute.ListInstancesAsync())
        {
            await (await compute.TerminateAsync(instance.Id)).WaitAsync();
        }

        foreach (var host in _opened)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(Root, recursive: true);
    }
}
