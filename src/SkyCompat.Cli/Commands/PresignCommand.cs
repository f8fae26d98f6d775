namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc presign</c></summary>
internal sealed class PresignCommand : SkycCommand
{
    private readonly Argument<string> _name = NameArguments.One("NAME", "An object.");
    private readonly Option<string> _method = new("--method", "-X") { Description = "What the URL is for.", DefaultValueFactory = _ => "get" };
    private readonly Option<string> _expires = new("--expires") { Description = "How long it is good for: 90s, 15m, 1h, 7d.", HelpName = "DURATION", DefaultValueFactory = _ => "15m" };
    private readonly Option<string?> _contentType = new("--content-type") { Description = "The content type that a PUT must send.", HelpName = "TYPE" };
    private readonly Option<string?> _version = new("--version-id") { Description = "A version of the object; default: the current one.", HelpName = "ID" };

    public PresignCommand()
        : base("presign", "Prints a URL that anybody can use until it expires. Treat it as a secret.", "presign r2:media/talk.mp4", "presign --expires 7d @media/talk.mp4", "presign -X put --content-type image/jpeg r2:inbox/cat.jpg")
    {
        _method.AcceptOnlyFromAmong(Choice.Words<SignedMethod>());
        Add(_name);
        Add(_method);
        Add(_expires);
        Add(_contentType);
        Add(_version);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var lifetime = Age.ParseDuration(context.Get(_expires)!);
        var place = context.Resolve(context.Get(_name)!);
        var (bucket, key) = place.RequireObject();
        var options = new SignOptions { Method = Choice.Parse<SignedMethod>(context.Get(_method)!), Lifetime = lifetime, ContentType = context.Get(_contentType), VersionId = context.Get(_version) };
        var signed = await bucket.SignAsync(key, options, cancellationToken);
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject
            {
                ["type"] = "signedRequest",
                ["method"] = signed.Method,
                ["url"] = signed.Url.AbsoluteUri,
                ["headers"] = new JsonObject(signed.RequiredHeaders.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
                ["expires"] = signed.ExpiresAt,
            });
            return ExitCode.Done;
        }

        context.Output.Line(signed.Url.AbsoluteUri);
        if (place.Cloud!.Provider == CloudProvider.Local)
        {
            // skyc ends now, and with it the endpoint that would answer.
            context.Output.Note("A Local cloud is served by the process that uses it: this URL works while an application with the same EndpointPort or PublicBaseUrl runs.");
        }

        foreach (var (name, value) in signed.RequiredHeaders)
        {
            context.Output.Note($"It must be sent with the header {name}: {value}");
        }

        return ExitCode.Done;
    }
}
