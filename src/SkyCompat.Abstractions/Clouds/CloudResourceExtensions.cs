namespace SkyCompat;

/// <summary>Short forms for <see cref="ICloudResource"/>.</summary>
public static class CloudResourceExtensions
{
    /// <summary>Finds an optional ability or the native client beneath. Sends no request.</summary>
    /// <typeparam name="TService">The interface or client type wanted.</typeparam>
    /// <param name="resource">The resource to ask.</param>
    /// <returns>The service, or null if the resource does not offer it.</returns>
    public static TService? GetService<TService>(this ICloudResource resource)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(resource);
        return (TService?)resource.GetService(typeof(TService));
    }

    /// <summary>Finds an optional ability or the native client beneath, or fails. Sends no request.</summary>
    /// <typeparam name="TService">The interface or client type wanted.</typeparam>
    /// <param name="resource">The resource to ask.</param>
    /// <returns>The service.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the resource does not offer it.</exception>
    public static TService GetRequiredService<TService>(this ICloudResource resource)
        where TService : class =>
        resource.GetService<TService>() ?? throw new CloudException(
            CloudErrorCode.Unsupported, $"'{resource.Name}' does not offer {typeof(TService).Name}.") { Resource = resource.Name };

    /// <summary>Whether the resource offers an ability or native client. Sends no request.</summary>
    /// <typeparam name="TService">The interface or client type wanted.</typeparam>
    /// <param name="resource">The resource to ask.</param>
    /// <returns>True if <see cref="GetService{TService}"/> would return it.</returns>
    public static bool Offers<TService>(this ICloudResource resource)
        where TService : class => resource.GetService<TService>() is not null;
}
