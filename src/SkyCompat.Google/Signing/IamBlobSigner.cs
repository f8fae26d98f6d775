using System.Net.Http.Headers;
using System.Text.Json;

namespace SkyCompat.Google;

/// <summary>The signBlob method of IAM: a service account signs with a key that Google holds. These credentials need the role Service Account Token Creator on it.</summary>
internal sealed class IamBlobSigner(GoogleClient client, string email) : BlobSigner(email)
{
    // Google turns the keys that it holds over, and keeps each for at least this long.
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(12);

    public override TimeSpan? LongestLife => KeyLife;

    public override async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var url = $"{client.Endpoint.Iam}/v1/projects/-/serviceAccounts/{UriCharacters.Encode(Email, keepSlash: false)}:signBlob";
        using var text = new PooledBytes();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteBase64String("payload"u8, bytes.Span);
            json.WriteEndObject();
        }

        var content = new ByteArrayContent(text.Span.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var document = await client.SendForDocumentAsync(
                new HttpRequestMessage(HttpMethod.Post, GoogleUrl.Create(url)) { Content = content }, new RequestKind(GoogleSubject.Object), cancellationToken).ConfigureAwait(false);
            return document.ReadJson(GoogleJson.Default.SignBlobReply).SignedBlob is { Length: > 0 } signature
                ? Convert.FromBase64String(signature)
                : throw new CloudException(CloudErrorCode.Unknown, "IAM answered without a signature.");
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PermissionDenied or CloudErrorCode.NotFound)
        {
            throw new CloudException(
                CloudErrorCode.PermissionDenied,
                $"These credentials hold no private key, and may not sign as '{Email}': grant them the role Service Account Token Creator on it, or set SignerEmail to an account on which they have it.",
                exception)
            {
                ProviderCode = exception.ProviderCode,
                StatusCode = exception.StatusCode,
                RequestId = exception.RequestId,
            };
        }
    }
}
