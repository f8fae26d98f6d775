using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SkyCompat.Cli.Commands;

/// <summary>What a running command works with. Services are made when first used, so that commands which need no cloud run without configuration.</summary>
internal sealed class CommandContext : IAsyncDisposable
{
    private readonly ParseResult _parse;
    private readonly Lazy<Settings> _settings;
    private readonly Lazy<IServiceProvider> _services;
    private readonly PlaceResolver _places;
    private ServiceProvider? _built;

    public CommandContext(ParseResult parse, CliEnvironment environment, CliOutput output, Action<IServiceCollection>? replace = null)
    {
        _parse = parse;
        Environment = environment;
        Output = output;
        _settings = new(() => SettingsReader.Read(parse.GetValue(GlobalOptions.Config) ?? [], environment));
        _services = new(() => _built = SkyServices.Build(RequireClouds(), environment, parse.GetValue(GlobalOptions.Verbose), ConfigureOptions, replace));
        _places = new PlaceResolver(_services, environment);
    }

    public CliEnvironment Environment { get; }

    public CliOutput Output { get; }

    public TimeProvider Time => Environment.Time;

    public Settings Settings => _settings.Value;

    public ISky Sky => _services.Value.GetRequiredService<ISky>();

    public SkyCompatOptions Options => _services.Value.GetRequiredService<IOptions<SkyCompatOptions>>().Value;

    public ITransferService Transfers => _services.Value.GetRequiredService<ITransferService>();

    public IPlacementService Placements => _services.Value.GetRequiredService<IPlacementService>();

    /// <summary>Changes what configuration says, before the services are made.</summary>
    public Action<SkyCompatOptions>? ConfigureOptions { get; set; }

    public T? Get<T>(Option<T> option) => _parse.GetValue(option);

    public T? Get<T>(Argument<T> argument) => _parse.GetValue(argument);

    public Place Resolve(string name) => _places.Resolve(name);

    /// <summary>Asks a question on the terminal; true if nobody is there to answer.</summary>
    public bool Confirm(string question)
    {
        if (!Environment.IsInputTerminal || !Environment.IsErrorTerminal)
        {
            return true;
        }

        Environment.Error.Write($"{question} [y/N] ");
        Environment.Error.Flush();
        return Environment.ReadAnswer()?.Trim() is { Length: > 0 } answer && "yes".StartsWith(answer, StringComparison.OrdinalIgnoreCase);
    }

    public ValueTask DisposeAsync() => _built?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Settings RequireClouds()
    {
        var settings = Settings;
        if (settings.HasClouds)
        {
            return settings;
        }

        var looked = settings.Sources.Count > 0 ? $" Read: {string.Join(", ", settings.Sources)}." : "";
        throw new UsageException(
            $"No cloud is configured.{looked} Run `skyc init` for a file to start from, here, or `skyc init --user` for all folders; or pass --config FILE, or set SkyCompat__Clouds__NAME__Provider.");
    }
}
