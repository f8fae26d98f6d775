using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;

namespace SkyCompat.Local;

/// <summary>Makes clouds of provider <c>Local</c>.</summary>
internal sealed class LocalCloudProviderFactory : CloudProviderFactory<LocalOptions>
{
    public override CloudProvider Provider => CloudProvider.Local;

    protected override void Bind(IConfigurationSection section, LocalOptions options) => section.Bind(options);

    protected override void Validate(LocalOptions options, CloudConfiguration cloud, ICollection<string> errors)
    {
        var path = cloud.Section?.Path ?? cloud.Path;
        if (cloud.Section?.GetSection(nameof(LocalOptions.Compute)) is { } compute)
        {
            RefuseUnknownKeys<LocalComputeOptions>(compute, errors);
            var vm = compute.GetSection(nameof(LocalComputeOptions.Vm));
            RefuseUnknownKeys<LocalVmOptions>(vm, errors);
            foreach (var image in vm.GetSection(nameof(LocalVmOptions.Images)).GetChildren())
            {
                RefuseUnknownKeys<LocalVmImage>(image, errors);
            }
        }

        ValidateCompute(options.Compute, $"{path}:{nameof(LocalOptions.Compute)}", errors);
        if (string.IsNullOrWhiteSpace(options.Root) || options.Root.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add($"{path}:{nameof(LocalOptions.Root)}: a folder is needed, such as '{LocalOptions.DefaultRoot}'.");
        }

        if (!Enum.IsDefined(options.Durability))
        {
            errors.Add($"{path}:{nameof(LocalOptions.Durability)}: '{options.Durability}' is not one of {string.Join(", ", Enum.GetNames<LocalDurability>())}.");
        }

        if (options.InlineMaxBytes is < 0 or > LocalOptions.LargestInlineMaxBytes)
        {
            errors.Add($"{path}:{nameof(LocalOptions.InlineMaxBytes)}: {options.InlineMaxBytes} is not from 0 to {LocalOptions.LargestInlineMaxBytes} bytes.");
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > LocalOptions.LongestBusyTimeout)
        {
            errors.Add($"{path}:{nameof(LocalOptions.BusyTimeout)}: {options.BusyTimeout} is not from 00:00:00 to {LocalOptions.LongestBusyTimeout}.");
        }

        if (options.EndpointPort is < 0 or > ushort.MaxValue)
        {
            errors.Add($"{path}:{nameof(LocalOptions.EndpointPort)}: {options.EndpointPort} is not a port from 0 (any free one) to {ushort.MaxValue}.");
        }

        if (options.PublicBaseUrl is { } url && (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.Query.Length > 0))
        {
            errors.Add($"{path}:{nameof(LocalOptions.PublicBaseUrl)}: '{url}' is not an absolute http or https URL without a query.");
        }
    }

    protected override CloudDrivers Create(LocalOptions options, CloudConfiguration cloud, IServiceProvider services)
    {
        var time = services.GetService<TimeProvider>();
        return new CloudDrivers
        {
            Storage = new LocalStorageDriver(options, time),
            Compute = new LocalComputeDriver(options.Root, options.Compute, time ?? TimeProvider.System, [new ProcessRunner(options.Compute.StopGrace, options.Compute.MaxConsoleBytes), new VmRunner(options.Compute.Vm)]),
        };
    }

    private static void ValidateCompute(LocalComputeOptions options, string path, ICollection<string> errors)
    {
        if (options.MaxInstances < 1)
        {
            errors.Add($"{path}:{nameof(LocalComputeOptions.MaxInstances)}: must be at least 1, not {options.MaxInstances}.");
        }

        if (options.MaxConsoleBytes is < LocalComputeOptions.LeastConsoleBytes or > LocalComputeOptions.MostConsoleBytes)
        {
            errors.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}:{nameof(LocalComputeOptions.MaxConsoleBytes)}: must be from {LocalComputeOptions.LeastConsoleBytes} to {LocalComputeOptions.MostConsoleBytes}, not {options.MaxConsoleBytes}."));
        }

        if (options.StopGrace < TimeSpan.Zero || options.StopGrace > LocalComputeOptions.LongestStopGrace)
        {
            errors.Add($"{path}:{nameof(LocalComputeOptions.StopGrace)}: {options.StopGrace} is not from 00:00:00 to {LocalComputeOptions.LongestStopGrace}.");
        }

        ValidateVm(options.Vm, $"{path}:{nameof(LocalComputeOptions.Vm)}", errors);
    }

    private static void ValidateVm(LocalVmOptions options, string path, ICollection<string> errors)
    {
        if (options.GuestPort is < 1 or > ushort.MaxValue)
        {
            errors.Add($"{path}:{nameof(LocalVmOptions.GuestPort)}: {options.GuestPort} is not a port from 1 to {ushort.MaxValue}.");
        }

        if (options.Accelerator is not (LocalVmOptions.DefaultAccelerator or "kvm"))
        {
            errors.Add($"{path}:{nameof(LocalVmOptions.Accelerator)}: '{options.Accelerator}' is not one of tcg, kvm.");
        }

        foreach (var (family, image) in options.Images)
        {
            var at = $"{path}:{nameof(LocalVmOptions.Images)}:{family}";
            if (string.IsNullOrWhiteSpace(image.Disk) && string.IsNullOrWhiteSpace(image.Kernel))
            {
                errors.Add($"{at}: needs a {nameof(LocalVmImage.Disk)} or a {nameof(LocalVmImage.Kernel)}.");
            }

            if (string.IsNullOrWhiteSpace(image.Kernel) && !string.IsNullOrWhiteSpace(image.Initrd))
            {
                errors.Add($"{at}:{nameof(LocalVmImage.Initrd)}: needs a {nameof(LocalVmImage.Kernel)}.");
            }
        }
    }
}
