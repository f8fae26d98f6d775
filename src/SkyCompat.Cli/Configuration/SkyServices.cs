using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SkyCompat.Cli.Configuration;

/// <summary>Puts together what an application would: SkyCompat with every provider, without a host, since nothing runs in the background.</summary>
internal static class SkyServices
{
    /// <summary>Less than an application's: a tool shares the machine with what it serves, and ten parts in flight keep both sides busy.</summary>
    private const long BufferBudgetBytes = 80L << 20;

    public static ServiceProvider Build(Settings settings, CliEnvironment environment, bool isVerbose, Action<SkyCompatOptions>? configure = null, Action<IServiceCollection>? replace = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(environment.Time);
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(isVerbose ? LogLevel.Debug : LogLevel.None);
            if (isVerbose)
            {
                logging.AddFilter("System.Net.Http", LogLevel.Warning).AddProvider(new ErrorLogProvider(environment.Error));
            }
        });
        services.AddSkyCompat(settings.Section).AddLocal().AddInMemory().AddS3().AddAws().AddAzure().AddGoogle().AddAlibaba().AddKubernetes();
        if (settings.Section[nameof(SkyCompatOptions.BufferBudgetBytes)] is null)
        {
            services.Configure<SkyCompatOptions>(static options => options.BufferBudgetBytes = BufferBudgetBytes);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        replace?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
