using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The service accounts that the emulator knows, each with the public halves of its keys.</summary>
internal sealed class ServiceAccounts : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<RSA>> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<RSA>> _managed = new(StringComparer.Ordinal);

    public void Register(string email, string publicKeyPem)
    {
        var key = RSA.Create();
        key.ImportFromPem(publicKeyPem);
        _keys.GetOrAdd(email, static _ => []).Add(key);
    }

    /// <summary>A new account with a key of its own, in the form of a credential file.</summary>
    public JsonObject Create(string email, string tokenUri)
    {
        using var key = RSA.Create(2048);
        Register(email, key.ExportSubjectPublicKeyInfoPem());
        return new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "emulator",
            ["private_key_id"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
            ["private_key"] = key.ExportPkcs8PrivateKeyPem() + "\n",
            ["client_email"] = email,
            ["client_id"] = "100000000000000000000",
            ["token_uri"] = tokenUri,
            ["universe_domain"] = "googleapis.com",
        };
    }

    public bool IsKnown(string email) => _keys.ContainsKey(email);

    /// <summary>Signs with the key that the provider keeps for the account and shows to nobody.</summary>
    public byte[] SignManaged(string email, byte[] data)
    {
        var key = _managed.GetOrAdd(email, _ => new Lazy<RSA>(() =>
        {
            var created = RSA.Create(2048);
            Register(email, created.ExportSubjectPublicKeyInfoPem());
            return created;
        })).Value;
        lock (key)
        {
            return key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    /// <summary>Whether one of the account's keys made <paramref name="signature"/>.</summary>
    public bool Verify(string email, byte[] data, byte[] signature) => _keys.TryGetValue(email, out var keys) && keys.Any(key =>
    {
        lock (key)
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    });

    public void Dispose()
    {
        foreach (var key in _keys.Values.SelectMany(keys => keys).Concat(_managed.Values.Select(key => key.Value)))
        {
            key.Dispose();
        }
    }
}
