using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Key pairs.</summary>
internal sealed class EcsKeyCalls(EcsState state)
{
    public JsonObject Import(EcsCall call)
    {
        var name = call.Need("KeyPairName");
        if (state.Keys.Exists(key => key.Name == name && key.Region == call.Region))
        {
            throw new EcsErrorException(403, "KeyPair.AlreadyExist", "The key pair already exist.");
        }

        var parts = call.Need("PublicKeyBody").Split(' ');
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(parts.Length > 1 ? parts[1] : "");
        }
        catch (FormatException)
        {
            bytes = [];
        }

        if (bytes.Length == 0)
        {
            throw new EcsErrorException(400, "InvalidPublicKeyBody.Malformed", "The specified parameter PublicKeyBody is not valid.");
        }

        // The service's is an MD5; nobody computes it anew.
        var key = new EcsKey { Id = state.NewId("key"), Region = call.Region, Name = name, CreatedAt = call.Second, PublicKey = call.Need("PublicKeyBody"), Fingerprint = Convert.ToHexStringLower(SHA256.HashData(bytes))[..32], Tags = call.Tags() };
        state.Keys.Add(key);
        return new JsonObject { ["KeyPairName"] = name, ["KeyPairFingerPrint"] = key.Fingerprint };
    }

    public JsonObject Describe(EcsCall call)
    {
        var found = state.Keys.FindAll(key => key.Region == call.Region && call.Fits("KeyPairName", key.Name) && call.TagsFit(key.Tags));
        return EcsJson.NumberPage(call, "KeyPairs", "KeyPair", found, key =>
        {
            var pair = new JsonObject { ["KeyPairName"] = key.Name, ["KeyPairFingerPrint"] = key.Fingerprint, ["CreationTime"] = key.CreatedAt, ["ResourceGroupId"] = "", ["Tags"] = EcsJson.EcsTags(key) };
            if (call.Flag("IncludePublicKey"))
            {
                pair["PublicKey"] = key.PublicKey;
            }

            return pair;
        });
    }

    public JsonObject Delete(EcsCall call)
    {
        var names = call.JsonList("KeyPairNames") ?? throw EcsErrorException.Missing("KeyPairNames");
        if (names.Find(name => !state.Keys.Exists(key => key.Name == name && key.Region == call.Region)) is { } missing)
        {
            throw EcsErrorException.NotFound("InvalidKeyPair", missing);
        }

        state.Keys.RemoveAll(key => key.Region == call.Region && names.Contains(key.Name));
        return [];
    }
}
