using System.Globalization;
using System.Text;
using System.Xml;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Fetches the user delegation key of an account, and keeps it until it is too short-lived for what is to be signed.</summary>
internal sealed class UserDelegationKeys(AzureClient account)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>A key that begins earlier is good for a service whose clock is late.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Spare = TimeSpan.FromHours(1);

    private UserDelegationKey? _key;

    /// <summary>A key that is good until an instant, or as long as one can be.</summary>
    public async ValueTask<UserDelegationKey> GetAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var longest = account.Context.Clock.Now + Longest - Skew;
        var wanted = until < longest - Spare ? until : longest - Spare;
        if (Volatile.Read(ref _key) is { } held && held.ExpiresAt >= wanted)
        {
            return held;
        }

        var fresh = await FetchAsync(longest - Longest, longest, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _key, fresh);
        return fresh;
    }

    private static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task<UserDelegationKey> FetchAsync(DateTimeOffset start, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var xml = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>{Format(start)}</Start><Expiry>{Format(expiry)}</Expiry></KeyInfo>";
        var body = new UploadBody(new(Encoding.UTF8.GetBytes(xml)));
        await using (body.ConfigureAwait(false))
        {
            var request = new AzureRequest(HttpMethod.Post) { IsAboutAccount = true, Subject = AzureSubject.Container, Body = body, ContentType = "application/xml" };
            request.AddQuery("restype", "service");
            request.AddQuery("comp", "userdelegationkey");
            using var document = await account.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
            return document.Read(ReadKey);
        }
    }

    private static UserDelegationKey ReadKey(XmlReader xml)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (xml.ReadToElement())
        {
            if (xml.LocalName is "SignedOid" or "SignedTid" or "SignedStart" or "SignedExpiry" or "SignedService" or "SignedVersion" or "Value")
            {
                var name = xml.LocalName;
                values[name] = xml.ReadString();
            }
        }

        return values.Count == 7 && DateTimeOffset.TryParse(values["SignedExpiry"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            ? new UserDelegationKey
            {
                ObjectId = values["SignedOid"],
                TenantId = values["SignedTid"],
                Start = values["SignedStart"],
                Expiry = values["SignedExpiry"],
                Service = values["SignedService"],
                Version = values["SignedVersion"],
                Value = Convert.FromBase64String(values["Value"]),
                ExpiresAt = expiresAt,
            }
            : throw new CloudException(CloudErrorCode.Unknown, "The service gave a user delegation key that is not whole.");
    }
}
