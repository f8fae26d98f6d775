using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.S3;

/// <summary>A signature in the manner of AWS Signature Version 4: a canonical request, its hash in a text to sign, and a key made from the secret for a day, a region and a service.</summary>
/// <param name="algorithm">The algorithm's name, such as <c>AWS4-HMAC-SHA256</c>.</param>
/// <param name="keyPrefix">What stands before the secret where the key is made.</param>
/// <param name="service">The service.</param>
/// <param name="terminator">The last part of the scope.</param>
internal abstract class S3Signer(string algorithm, string keyPrefix, string service, string terminator)
{
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    public const int SignatureLength = 64;
    private const int DayLength = 8;
    private const int HashBytes = 32;

    private readonly ConcurrentDictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);
    private Stamp _stamp = new(0, "");

    /// <summary>How a header takes part in a signature.</summary>
    protected enum HeaderRole
    {
        /// <summary>Not at all.</summary>
        Ignored,

        /// <summary>With its value; its name is not listed, because it is always signed.</summary>
        Implied,

        /// <summary>With its value, and its name in the list of what is signed.</summary>
        Listed,
    }

    /// <summary>The query parameter that holds the signature of a signed URL.</summary>
    public abstract string SignatureParameter { get; }

    /// <summary>An instant as <c>20130524T000000Z</c>; the text of the same second is reused.</summary>
    public string FormatStamp(DateTimeOffset instant)
    {
        var second = instant.ToUnixTimeSeconds();
        var stamp = _stamp;
        if (stamp.Second != second)
        {
            _stamp = stamp = new Stamp(second, instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        }

        return stamp.Text;
    }

    /// <summary>How the body stands in the signature.</summary>
    /// <param name="body">The body; null for none.</param>
    /// <param name="signsPayload">Whether its bytes should be signed, if the algorithm can.</param>
    /// <returns>A hash, or <see cref="UnsignedPayload"/>.</returns>
    public abstract string PayloadOf(Drivers.UploadBody? body, bool signsPayload);

    /// <summary>Adds the headers that the signature needs.</summary>
    public abstract void AddHeaders(S3Request request, S3Address address, S3Credentials credentials, string payload, string stamp);

    /// <summary>Adds the query parameters that a signed URL needs, all but the signature; the request has its headers.</summary>
    public abstract void AddQuery(S3Request request, S3Credentials credentials, string region, string stamp, long seconds);

    /// <summary>The value of the Authorization header.</summary>
    public abstract string Authorize(S3Credentials credentials, in SigningInput input);

    /// <summary>Appends <c>20130524/us-east-1/s3/aws4_request</c>.</summary>
    public void AppendScope(ref TextBuilder text, string region, string stamp)
    {
        text.Append(stamp.AsSpan(0, DayLength));
        text.Append('/');
        text.Append(region);
        text.Append('/');
        text.Append(service);
        text.Append('/');
        text.Append(terminator);
    }

    /// <summary>Appends the names of the listed headers, separated by semicolons.</summary>
    public void AppendNames(ref TextBuilder text, ReadOnlySpan<NameValue> headers)
    {
        var isFirst = true;
        foreach (var header in headers)
        {
            if (RoleOf(header.Name) == HeaderRole.Listed)
            {
                if (!isFirst)
                {
                    text.Append(';');
                }

                text.Append(header.Name);
                isFirst = false;
            }
        }
    }

    /// <summary>Signs a request.</summary>
    /// <param name="credentials">The key pair.</param>
    /// <param name="input">What to sign.</param>
    /// <param name="signature">Takes <see cref="SignatureLength"/> hexadecimal characters.</param>
    public void Sign(S3Credentials credentials, in SigningInput input, Span<char> signature)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        HashCanonicalRequest(input, hash);

        var text = new TextBuilder(stackalloc char[256]);
        try
        {
            text.Append(algorithm);
            text.Append('\n');
            text.Append(input.Stamp);
            text.Append('\n');
            AppendScope(ref text, input.Region, input.Stamp);
            text.Append('\n');
            Span<char> hex = stackalloc char[SignatureLength];
            Convert.TryToHexStringLower(hash, hex, out _);
            text.Append(hex);

            Span<byte> toSign = stackalloc byte[512];
            var length = Encoding.ASCII.GetBytes(text.Written, toSign);
            HMACSHA256.HashData(GetKey(credentials, input.Region, input.Stamp), toSign[..length], hash);
            Convert.TryToHexStringLower(hash, signature, out _);
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>How a header takes part.</summary>
    /// <param name="name">Its name in lower case.</param>
    protected abstract HeaderRole RoleOf(string name);

    /// <summary>Appends a header's value in canonical form.</summary>
    protected abstract void AppendValue(byte[] buffer, ref int length, ReadOnlySpan<char> value);

    protected static void Append(byte[] buffer, ref int length, ReadOnlySpan<char> text) => length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));

    private void HashCanonicalRequest(in SigningInput input, Span<byte> hash)
    {
        var size = input.Method.Length + input.PathPrefix.Length + input.Path.Length + input.Query.Length + input.Payload.Length + 8;
        foreach (var header in input.Headers)
        {
            // The value as UTF-8, and the name twice: once with the value, once in the list of names.
            size += (2 * header.Name.Length) + (3 * header.Value.Length) + 4;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = 0;
        Append(buffer, ref length, input.Method);
        Append(buffer, ref length, "\n");
        Append(buffer, ref length, input.PathPrefix);
        Append(buffer, ref length, input.Path);
        Append(buffer, ref length, "\n");
        Append(buffer, ref length, input.Query);
        Append(buffer, ref length, "\n");
        foreach (var header in input.Headers)
        {
            if (RoleOf(header.Name) != HeaderRole.Ignored)
            {
                Append(buffer, ref length, header.Name);
                Append(buffer, ref length, ":");
                AppendValue(buffer, ref length, header.Value);
                Append(buffer, ref length, "\n");
            }
        }

        Append(buffer, ref length, "\n");
        var isFirst = true;
        foreach (var header in input.Headers)
        {
            if (RoleOf(header.Name) == HeaderRole.Listed)
            {
                Append(buffer, ref length, isFirst ? "" : ";");
                Append(buffer, ref length, header.Name);
                isFirst = false;
            }
        }

        Append(buffer, ref length, "\n");
        Append(buffer, ref length, input.Payload);
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private byte[] GetKey(S3Credentials credentials, string region, string stamp)
    {
        var day = stamp.AsSpan(0, DayLength);
        if (_keys.TryGetValue(region, out var key) && ReferenceEquals(key.Credentials, credentials) && day.SequenceEqual(key.Day))
        {
            return key.Value;
        }

        var secret = Encoding.UTF8.GetBytes(keyPrefix + credentials.SecretAccessKey);
        var value = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(day.ToString()));
        value = HMACSHA256.HashData(value, Encoding.UTF8.GetBytes(region));
        value = HMACSHA256.HashData(value, Encoding.ASCII.GetBytes(service));
        value = HMACSHA256.HashData(value, Encoding.ASCII.GetBytes(terminator));
        CryptographicOperations.ZeroMemory(secret);
        _keys[region] = new SigningKey(credentials, day.ToString(), value);
        return value;
    }

    private sealed record Stamp(long Second, string Text);

    private sealed record SigningKey(S3Credentials Credentials, string Day, byte[] Value);
}
