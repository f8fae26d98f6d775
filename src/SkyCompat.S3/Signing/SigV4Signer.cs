using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.S3;

/// <summary>AWS Signature Version 4 for a service whose paths are encoded once and never normalised, as S3's are.</summary>
/// <remarks>Checked against Amazon's published vectors and, on random keys, against the AWS SDK.</remarks>
internal sealed class SigV4Signer
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    public const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    public const int SignatureLength = 64;
    private const int DayLength = 8;
    private const int HashBytes = 32;

    private readonly string _service;
    private readonly ConcurrentDictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);
    private Stamp _stamp = new(0, "");

    public SigV4Signer(string service = "s3") => _service = service;

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

    /// <summary>The value of the Authorization header.</summary>
    public string Authorize(S3Credentials credentials, in SigningInput input)
    {
        Span<char> signature = stackalloc char[SignatureLength];
        Sign(credentials, input, signature);
        var text = new TextBuilder(stackalloc char[512]);
        try
        {
            text.Append(Algorithm + " Credential=");
            text.Append(credentials.AccessKeyId);
            text.Append('/');
            AppendScope(ref text, input.Region, input.Stamp);
            text.Append(",SignedHeaders=");
            AppendNames(ref text, input.Headers);
            text.Append(",Signature=");
            text.Append(signature);
            return text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>Appends <c>20130524/us-east-1/s3/aws4_request</c>.</summary>
    public void AppendScope(ref TextBuilder text, string region, string stamp)
    {
        text.Append(stamp.AsSpan(0, DayLength));
        text.Append('/');
        text.Append(region);
        text.Append('/');
        text.Append(_service);
        text.Append("/aws4_request");
    }

    /// <summary>Appends the names of headers, separated by semicolons.</summary>
    public static void AppendNames(ref TextBuilder text, ReadOnlySpan<NameValue> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            if (i > 0)
            {
                text.Append(';');
            }

            text.Append(headers[i].Name);
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
            text.Append(Algorithm + "\n");
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

    private static void HashCanonicalRequest(in SigningInput input, Span<byte> hash)
    {
        var size = input.Method.Length + input.Path.Length + input.Query.Length + input.Payload.Length + 8;
        foreach (var header in input.Headers)
        {
            // The value as UTF-8, and the name twice: once with the value, once in the list of names.
            size += (2 * header.Name.Length) + (3 * header.Value.Length) + 4;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = 0;
        Append(buffer, ref length, input.Method);
        Append(buffer, ref length, "\n");
        Append(buffer, ref length, input.Path);
        Append(buffer, ref length, "\n");
        Append(buffer, ref length, input.Query);
        Append(buffer, ref length, "\n");
        foreach (var header in input.Headers)
        {
            Append(buffer, ref length, header.Name);
            Append(buffer, ref length, ":");
            AppendValue(buffer, ref length, header.Value);
            Append(buffer, ref length, "\n");
        }

        Append(buffer, ref length, "\n");
        for (var i = 0; i < input.Headers.Length; i++)
        {
            Append(buffer, ref length, i == 0 ? "" : ";");
            Append(buffer, ref length, input.Headers[i].Name);
        }

        Append(buffer, ref length, "\n");
        Append(buffer, ref length, input.Payload);
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static void Append(byte[] buffer, ref int length, ReadOnlySpan<char> text) => length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));

    /// <summary>A header value trimmed, with each run of spaces as one space, as the algorithm defines.</summary>
    private static void AppendValue(byte[] buffer, ref int length, ReadOnlySpan<char> value)
    {
        value = value.Trim(' ');
        while (value.IndexOf("  ") is var run and >= 0)
        {
            Append(buffer, ref length, value[..(run + 1)]);
            value = value[run..].TrimStart(' ');
        }

        Append(buffer, ref length, value);
    }

    private byte[] GetKey(S3Credentials credentials, string region, string stamp)
    {
        var day = stamp.AsSpan(0, DayLength);
        if (_keys.TryGetValue(region, out var key) && ReferenceEquals(key.Credentials, credentials) && day.SequenceEqual(key.Day))
        {
            return key.Value;
        }

        var secret = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey);
        var value = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(day.ToString()));
        value = HMACSHA256.HashData(value, Encoding.UTF8.GetBytes(region));
        value = HMACSHA256.HashData(value, Encoding.ASCII.GetBytes(_service));
        value = HMACSHA256.HashData(value, "aws4_request"u8);
        CryptographicOperations.ZeroMemory(secret);
        _keys[region] = new SigningKey(credentials, day.ToString(), value);
        return value;
    }

    private sealed record Stamp(long Second, string Text);

    private sealed record SigningKey(S3Credentials Credentials, string Day, byte[] Value);
}
