using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>What tests of another process ask of the emulator itself, under <c>/_emulator/</c>, which can be no bucket.</summary>
internal sealed class ControlCalls(GcsEmulator emulator)
{
    public async Task RunAsync(GcsRequest request, string[] path)
    {
        switch (request.Method, path)
        {
            case ("GET", []):
                await Reply.EmptyAsync(request, 200);
                break;
            case ("POST", ["faults"]):
                emulator.Faults.Add(Parse<GcsFault>(await request.ReadJsonAsync()));
                await Reply.EmptyAsync(request, 204);
                break;
            case ("DELETE", ["faults"]):
                emulator.Faults.Clear();
                await Reply.EmptyAsync(request, 204);
                break;
            case ("POST", ["reset"]):
                emulator.Reset();
                await Reply.EmptyAsync(request, 204);
                break;
            case ("POST", ["tokens"]):
                emulator.AddAccessToken((await request.ReadJsonAsync()).Text("token") ?? throw GcsError.Required("token"));
                await Reply.EmptyAsync(request, 204);
                break;
            case ("DELETE", ["tokens"]):
                emulator.RevokeIssuedTokens();
                await Reply.EmptyAsync(request, 204);
                break;
            case ("GET", ["service-account"]):
                await Reply.JsonAsync(request, GcsRequest.ParseJson(System.Text.Encoding.UTF8.GetBytes(emulator.ServiceAccountJson)));
                break;
            case ("PUT", ["service-accounts", var email]):
                emulator.RegisterServiceAccount(email, (await request.ReadJsonAsync()).Text("publicKeyPem") ?? throw GcsError.Required("publicKeyPem"));
                await Reply.EmptyAsync(request, 204);
                break;
            default:
                throw GcsError.NotFound();
        }
    }

    private static T Parse<T>(JsonObject body)
    {
        try
        {
            return body.Deserialize<T>(JsonSerializerOptions.Web)!;
        }
        catch (JsonException exception)
        {
            throw GcsError.Invalid(exception.Message);
        }
    }
}
