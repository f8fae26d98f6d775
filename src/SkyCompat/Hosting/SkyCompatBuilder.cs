using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat.Hosting;

internal sealed record SkyCompatBuilder(IServiceCollection Services) : ISkyCompatBuilder;
