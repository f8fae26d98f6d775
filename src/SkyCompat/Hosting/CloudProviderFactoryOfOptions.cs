using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SkyCompat.Hosting;

/// <summary>The base of providers whose settings are an options class: bound from the cloud's own section, then configured in code
/// (<c>services.Configure&lt;TOptions&gt;(cloudName, …)</c>), with unknown keys refused.</summary>
/// <typeparam name="TOptions">The options class; each public settable property is a key.</typeparam>
#pragma warning disable MA0048 // The generic twin of CloudProviderFactory; the file name says so.
public abstract class CloudProviderFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions> : CloudProviderFactory
#pragma warning restore MA0048
    where TOptions : class, new()
{
    /// <inheritdoc/>
    public sealed override IReadOnlyCollection<string> Validate(CloudConfiguration cloud, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var errors = new List<string>();
        if (cloud.Section is { } section)
        {
            if (section.Value is { Length: > 0 })
            {
                // Not repeated, because it may be a whole connection string.
                errors.Add($"{section.Path}: expected a section, found a value. Keys: {ConfigurationKeys.List(ConfigurationKeys.Of<TOptions>())}.");
            }

            ConfigurationKeys.RefuseUnknown(section, ConfigurationKeys.Of<TOptions>(), errors);
            ConfigurationValues.RefuseMistyped<TOptions>(section, errors);
        }

        if (errors.Count == 0)
        {
            try
            {
                Validate(GetOptions(cloud, services), cloud, errors);
            }
            catch (InvalidOperationException exception)
            {
                // The binder's message names the path and, in its inner exception, why the text cannot be converted.
                errors.Add($"{cloud.Section?.Path ?? cloud.Path}: {exception.Message}{(exception.InnerException is { } inner ? " " + inner.Message : "")}");
            }
        }

        return errors;
    }

    /// <inheritdoc/>
    public sealed override CloudDrivers Create(CloudConfiguration cloud, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return Create(GetOptions(cloud, services), cloud, services);
    }

    /// <summary>Sets the options from the provider's section: <c>section.Bind(options)</c>, written in the adapter so that the binder's source generator sees the type.</summary>
    /// <param name="section">The provider's section.</param>
    /// <param name="options">The options to fill.</param>
    protected abstract void Bind(IConfigurationSection section, TOptions options);

    /// <summary>Checks the options. Sends no request.</summary>
    /// <param name="options">The options.</param>
    /// <param name="cloud">The cloud, for paths in messages.</param>
    /// <param name="errors">Takes what is wrong, each with the configuration path and the choices.</param>
    protected abstract void Validate(TOptions options, CloudConfiguration cloud, ICollection<string> errors);

    /// <summary>Makes the drivers. Sends no request.</summary>
    /// <param name="options">Options that passed validation.</param>
    /// <param name="cloud">The cloud.</param>
    /// <param name="services">The application's services.</param>
    /// <returns>The drivers.</returns>
    protected abstract CloudDrivers Create(TOptions options, CloudConfiguration cloud, IServiceProvider services);

    /// <summary>Refuses unknown keys of a section within the provider's own, bound to an options class of its own.</summary>
    /// <typeparam name="TNested">The nested options class; each public settable property is a key.</typeparam>
    /// <param name="section">The nested section.</param>
    /// <param name="errors">Takes what is wrong.</param>
    protected static void RefuseUnknownKeys<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TNested>(IConfigurationSection section, ICollection<string> errors)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(errors);
        ConfigurationKeys.RefuseUnknown(section, ConfigurationKeys.Of<TNested>(), errors);
    }

    private TOptions GetOptions(CloudConfiguration cloud, IServiceProvider services)
    {
        var options = new TOptions();
        if (cloud.Section is { } section)
        {
            Bind(section, options);
        }

        foreach (var setup in services.GetServices<IConfigureOptions<TOptions>>())
        {
            if (setup is IConfigureNamedOptions<TOptions> named)
            {
                named.Configure(cloud.Name, options);
            }
        }

        return options;
    }
}
