using Azure;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>Microsoft publishes no vectors for Azure Storage, so its own library is the oracle.</summary>
public sealed class AzureSignatureTests
{
    private const string Account = "skycompat";
    private static readonly string Key = Convert.ToBase64String(Enumerable.Range(0, 64).Select(i => (byte)i).ToArray());
    private static readonly string DelegationKey = Convert.ToBase64String(Enumerable.Range(64, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public async Task SharedKey_RequestsOfTheLibrary_AreValid()
    {
        var seen = new List<SignedMessage>();
        var service = new BlobServiceClient(new Uri($"https://{Account}.blob.core.windows.net"), new StorageSharedKeyCredential(Account, Key), Options(seen));
        var blob = service.GetBlobContainerClient("box").GetBlobClient("a folder/ü~!*().txt");

        await IgnoreRefusalAsync(() => blob.UploadAsync(BinaryData.FromString("hello"), new BlobUploadOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "1", ["a"] = "2" }, Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }));
        await IgnoreRefusalAsync(() => blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(3, 4) }));
        await IgnoreRefusalAsync(async () =>
        {
            await foreach (var item in service.GetBlobContainerClient("box").GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", "a&b=c", CancellationToken.None))
            {
                item.ShouldNotBeNull();
            }
        });

        seen.Count.ShouldBe(3);
        foreach (var message in seen)
        {
            var verdict = new AzureSharedKeyVerifier(account => account == Account ? Key : null).Verify(message);
            verdict.Outcome.ShouldBe(SignatureOutcome.Valid, verdict.Explanation);
            var other = new SignedMessage { Method = message.Method, Path = message.Path + "x", Query = message.Query, Headers = message.Headers };
            new AzureSharedKeyVerifier(_ => Key).Verify(other).Outcome.ShouldBe(SignatureOutcome.Invalid);
        }
    }

    [Theory]
    [InlineData("b")]
    [InlineData("c")]
    public void ServiceSas_OfTheLibrary_IsValid(string resource)
    {
        var builder = new BlobSasBuilder(BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1))
        {
            BlobContainerName = "box",
            BlobName = resource == "b" ? "a folder/ü.txt" : "",
            Resource = resource,
            ContentDisposition = "attachment; filename=\"x\"",
            Protocol = SasProtocol.Https,
        };

        var query = builder.ToSasQueryParameters(new StorageSharedKeyCredential(Account, Key)).ToString();

        Check(query, resource, new AzureSasVerifier(Account, Key));
    }

    [Fact]
    public void UserDelegationSas_OfTheLibrary_IsValid()
    {
        var now = DateTimeOffset.UtcNow;
        var key = BlobsModelFactory.UserDelegationKey("oid", "tid", now, now.AddHours(2), "b", "2024-08-04", DelegationKey);
        var builder = new BlobSasBuilder(BlobSasPermissions.Read | BlobSasPermissions.Write, now.AddHours(1)) { BlobContainerName = "box", BlobName = "a folder/ü.txt", Resource = "b", CacheControl = "no-store" };

        var query = builder.ToSasQueryParameters(key, Account).ToString();

        Check(query, "b", new AzureSasVerifier(Account, accountKey: null, _ => DelegationKey));
    }

    [Fact]
    public void AccountSas_OfTheLibrary_IsValid()
    {
        var builder = new AccountSasBuilder(AccountSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1), AccountSasServices.Blobs, AccountSasResourceTypes.All) { Protocol = SasProtocol.HttpsAndHttp };

        var query = builder.ToSasQueryParameters(new StorageSharedKeyCredential(Account, Key)).ToString();

        Check(query, "b", new AzureSasVerifier(Account, Key));
    }

    private static void Check(string query, string resource, AzureSasVerifier verifier)
    {
        var path = resource == "c" ? "/box/any" : "/box/a%20folder/%C3%BC.txt";
        SignedMessage With(string text) => new() { Method = "GET", Path = path, Query = ContractRequest.ParsePairs(text), QueryText = text };

        var verdict = verifier.Verify(With(query));

        verdict.Outcome.ShouldBe(SignatureOutcome.Valid, verdict.Explanation);
        verifier.Verify(With(query.Replace("se=2", "se=3", StringComparison.Ordinal))).Outcome.ShouldBe(SignatureOutcome.Invalid);
    }

    private static BlobClientOptions Options(List<SignedMessage> seen)
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(new Recorder(seen))) };
        options.Retry.MaxRetries = 0;
        return options;
    }

    /// <summary>Every request is refused; it is only looked at.</summary>
    private static async Task IgnoreRefusalAsync(Func<Task> send) => await Should.ThrowAsync<RequestFailedException>(send);

    private sealed class Recorder(List<SignedMessage> seen) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).ToList();
            if (request.Content is not null)
            {
                await request.Content.LoadIntoBufferAsync(cancellationToken);
                headers.Add(new("Content-Length", request.Content.Headers.ContentLength!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                headers.AddRange(request.Content.Headers.NonValidated.Where(header => header.Key != "Content-Length").Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())));
            }

            var whole = request.RequestUri!.PathAndQuery.Split('?');
            seen.Add(SignedMessage.From(request, new ContractRequest { Method = request.Method.Method, Path = whole[0], Headers = headers }));
            return new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden) { RequestMessage = request, Content = new StringContent("") };
        }
    }
}
