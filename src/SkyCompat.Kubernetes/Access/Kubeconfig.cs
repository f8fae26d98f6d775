namespace SkyCompat.Kubernetes;

/// <summary>A kubeconfig file, read as a whole; it may hold secrets and is never repeated in a message.</summary>
internal sealed class Kubeconfig
{
    private readonly JsonObject _root;
    private readonly string _path;

    private Kubeconfig(JsonObject root, string path)
    {
        _root = root;
        _path = path;
    }

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(_path)) ?? "";

    /// <summary>Reads a file.</summary>
    /// <exception cref="CloudException">InvalidArgument: it is no kubeconfig.</exception>
    public static Kubeconfig Read(string path)
    {
        try
        {
            if (YamlDocuments.Read(File.ReadAllText(path)) is [JsonObject root, ..] && root["clusters"] is JsonArray)
            {
                return new Kubeconfig(root, path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"'{path}' cannot be read as a kubeconfig: {exception.Message}", exception) { Scope = ErrorScope.Cloud };
        }

        throw new CloudException(CloudErrorCode.InvalidArgument, $"'{path}' is not a kubeconfig: it has no list of clusters.") { Scope = ErrorScope.Cloud };
    }

    /// <summary>Finds a context with its cluster and user.</summary>
    /// <param name="name">Its name; null for the current one.</param>
    /// <exception cref="CloudException">NotFound: there is none. InvalidArgument: something in it is missing. Unsupported: it needs another program.</exception>
    public KubeconfigContext GetContext(string? name)
    {
        var wanted = name ?? Text(_root["current-context"]) ?? throw Missing($"'{_path}' has no current context; name one. Contexts: {Names("contexts")}.");
        var context = Find("contexts", "context", wanted) ?? throw Missing($"'{_path}' has no context '{wanted}'. Contexts: {Names("contexts")}.");
        var clusterName = Text(context["cluster"]) ?? throw Invalid($"context '{wanted}' of '{_path}' names no cluster.");
        var cluster = Find("clusters", "cluster", clusterName) ?? throw Invalid($"'{_path}' has no cluster '{clusterName}', which context '{wanted}' names.");
        var user = Text(context["user"]) is { } userName
            ? Find("users", "user", userName) ?? throw Invalid($"'{_path}' has no user '{userName}', which context '{wanted}' names.")
            : [];
        return new KubeconfigContext(wanted, Text(context["namespace"]), ReadServer(cluster, clusterName), Pem(cluster, "certificate-authority", clusterName), Text(cluster["tls-server-name"]), ReadUser(user, wanted));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static CloudException Missing(string message) => new(CloudErrorCode.NotFound, message) { Scope = ErrorScope.Cloud };

    private static CloudException Invalid(string message) => new(CloudErrorCode.InvalidArgument, message) { Scope = ErrorScope.Cloud };

    private Uri ReadServer(JsonObject cluster, string name)
    {
        if (!Uri.TryCreate(Text(cluster["server"]), UriKind.Absolute, out var server) || (server.Scheme != Uri.UriSchemeHttps && !(server.Scheme == Uri.UriSchemeHttp && server.IsLoopback)))
        {
            throw Invalid($"the server of cluster '{name}' in '{_path}' is not an https URL.");
        }

        if (cluster["insecure-skip-tls-verify"] is JsonValue skip && skip.TryGetValue<bool>(out var isSkipped) && isSkipped)
        {
            throw new CloudException(
                CloudErrorCode.Unsupported, $"cluster '{name}' in '{_path}' is not to be verified (insecure-skip-tls-verify), so anybody on the way could be it. Set its certificate-authority-data instead.") { Scope = ErrorScope.Cloud };
        }

        return server;
    }

    private KubeconfigUser ReadUser(JsonObject user, string context)
    {
        if (user["exec"] is JsonObject exec)
        {
            throw new CloudException(
                CloudErrorCode.Unsupported,
                $"context '{context}' of '{_path}' gets its credential from the program '{Text(exec["command"])}', and no other program is run. For a cluster of AWS, Azure, Google or Alibaba Cloud configure a cloud of that provider, which renews credentials in this process; else make a kubeconfig with a token of a service account.")
            {
                Scope = ErrorScope.Cloud,
            };
        }

        if (user["auth-provider"] is JsonObject)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"context '{context}' of '{_path}' has an auth-provider, which Kubernetes gave up in 1.26. Use a token or a client certificate.") { Scope = ErrorScope.Cloud };
        }

        if (user["username"] is not null)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"context '{context}' of '{_path}' has a user name and password, which Kubernetes gave up in 1.19. Use a token or a client certificate.") { Scope = ErrorScope.Cloud };
        }

        var tokenFile = Text(user["tokenFile"]) is { } file ? Path.Combine(Folder, file) : null;
        var certificate = Pem(user, "client-certificate", context);
        var key = Pem(user, "client-key", context);
        if ((certificate is null) != (key is null))
        {
            throw Invalid($"context '{context}' of '{_path}' has a client certificate without its key, or the other way round.");
        }

        return new KubeconfigUser(Text(user["token"]), tokenFile, certificate, key);
    }

    /// <summary>Text in PEM, which stands in the file itself or in another.</summary>
    private string? Pem(JsonObject owner, string key, string name)
    {
        try
        {
            return Text(owner[key + "-data"]) is { } data ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : Text(owner[key]) is { } file ? File.ReadAllText(Path.Combine(Folder, file))
                : null;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw Invalid($"{key} of '{name}' in '{_path}' cannot be read: {exception.Message}");
        }
    }

    private string Names(string list) => string.Join(", ", (_root[list] as JsonArray)?.Select(item => Text(item?["name"])).OfType<string>() ?? []);

    private JsonObject? Find(string list, string inner, string name) =>
        (_root[list] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(item => Text(item["name"]) == name)?[inner] as JsonObject;
}
