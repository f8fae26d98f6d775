using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Azure;

/// <summary>Signs requests and shared access signatures with the account key (Microsoft: "Authorize with Shared Key").</summary>
internal sealed class SharedKeySigner(string account, string key)
{
    public const int SignatureLength = 44;
    private const int HashBytes = 32;
    private readonly byte[] _key = Convert.FromBase64String(key);

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="contentLength">The length of the body; null for none.</param>
    /// <param name="contentType">The Content-Type header, if there is one.</param>
    /// <param name="path">The path as it is sent.</param>
    /// <param name="headers">The headers that begin with x-ms- or that a signature names, by name.</param>
    /// <param name="query">The query, by name in lower case.</param>
    /// <returns>The value.</returns>
    public string Authorize(string method, long? contentLength, string? contentType, scoped ReadOnlySpan<char> path, scoped ReadOnlySpan<NameValue> headers, scoped ReadOnlySpan<NameValue> query)
    {
        var text = new TextBuilder(stackalloc char[1024]);
        try
        {
            text.Append(method);

            // Content-Encoding and Content-Language concern the request's own body, which has none.
            text.Append("\n\n\n");
            if (contentLength > 0)
            {
                text.Append(contentLength.Value);
            }

            text.Append("\n");
            AppendLine(ref text, Find(headers, "content-md5"));
            AppendLine(ref text, contentType);

            // The date is in x-ms-date.
            text.Append('\n');
            AppendLine(ref text, Find(headers, "if-modified-since"));
            AppendLine(ref text, Find(headers, "if-match"));
            AppendLine(ref text, Find(headers, "if-none-match"));
            AppendLine(ref text, Find(headers, "if-unmodified-since"));

            // A range is in x-ms-range.
            text.Append('\n');
            foreach (var header in headers)
            {
                if (header.Name.StartsWith("x-ms-", StringComparison.Ordinal))
                {
                    text.Append(header.Name);
                    text.Append(':');
                    AppendLine(ref text, header.Value);
                }
            }

            text.Append('/');
            text.Append(account);
            text.Append(path);
            foreach (var parameter in query)
            {
                text.Append('\n');
                text.Append(parameter.Name.ToLowerInvariant());
                text.Append(':');
                text.Append(parameter.Value);
            }

            Span<char> signature = stackalloc char[SignatureLength];
            Sign(text.Written, signature);
            return $"SharedKey {account}:{signature}";
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>Signs a text with the account key.</summary>
    public void Sign(scoped ReadOnlySpan<char> text, scoped Span<char> signature) => Sign(_key, text, signature);

    /// <summary>Signs a text with a key, in base64.</summary>
    public static void Sign(byte[] key, scoped ReadOnlySpan<char> text, scoped Span<char> signature)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            Span<byte> hash = stackalloc byte[HashBytes];
            HMACSHA256.HashData(key, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), hash);
            Convert.TryToBase64Chars(hash, signature, out _);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void AppendLine(ref TextBuilder text, string? value)
    {
        text.Append(value);
        text.Append('\n');
    }

    private static string? Find(scoped ReadOnlySpan<NameValue> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Name == name)
            {
                return header.Value;
            }
        }

        return null;
    }
}
