using System.Net;
using System.Security.Cryptography;
using System.Text;
using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The handler finds what is wrong, says it clearly, and changes nothing.</summary>
public sealed class ContractHandlerTests
{
    private static readonly Uri Endpoint = new("http://store.test");

    [Fact]
    public async Task Request_UndeclaredQuery_FailsAtOnceAndSaysWhatAndWhere()
    {
        Specs.Require();
        var sent = 0;
        using var client = Client(new ContractLog { ThrowsAtOnce = true }, _ =>
        {
            sent++;
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        var exception = await Should.ThrowAsync<ContractViolationException>(() => client.GetAsync(new Uri(Endpoint, "/box?list-type=2&max-key=7")));

        sent.ShouldBe(0);
        var violation = exception.Violations.ShouldHaveSingleItem();
        violation.Operation.ShouldBe("ListObjectsV2");
        violation.Direction.ShouldBe(ContractDirection.Request);
        violation.Kind.ShouldBe(ViolationKind.Undeclared);
        violation.Place.ShouldBe("query max-key");
        exception.Message.ShouldContain("s3-2006-03-01 ListObjectsV2, request, query max-key: Undeclared: expected a declared query parameter");
    }

    [Fact]
    public async Task Violations_Collected_AreReportedAtTheEndOnce()
    {
        Specs.Require();
        var log = new ContractLog();
        using var client = Client(log, _ => Xml("<ListBucketResult><Name>box</Name><Contents><Key>a</Key><Colour>red</Colour></Contents><Contents><Key>b</Key><Colour>blue</Colour><Size>large</Size></Contents></ListBucketResult>"));

        using var reply = await client.GetAsync(new Uri(Endpoint, "/box?list-type=2"));

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        var exception = Should.Throw<ContractViolationException>(log.AssertClean);
        exception.Violations.Select(violation => (violation.Place, violation.Kind)).ShouldBe([("body.Contents[0].Colour", ViolationKind.Undeclared), ("body.Contents[1].Size", ViolationKind.Mistyped)]);
        log.Requests.ShouldBe(1);
        log.Replies.ShouldBe(1);
        log.Operations[(ContractSpecs.S3, "ListObjectsV2")].ShouldBe(1);
    }

    [Fact]
    public async Task Reply_OfUndeclaredStatusOrHeader_IsFound()
    {
        Specs.Require();
        var log = new ContractLog();
        using var client = Client(log, _ =>
        {
            var reply = new HttpResponseMessage(HttpStatusCode.Accepted);
            reply.Headers.Add("x-amz-colour", "red");
            return reply;
        });

        using (await client.DeleteAsync(new Uri(Endpoint, "/box/key")))
        {
        }

        log.Violations.Single().Kind.ShouldBe(ViolationKind.Status);
    }

    [Fact]
    public async Task BucketInHost_IsFoundAsInThePath()
    {
        Specs.Require();
        var log = new ContractLog();
        using var client = Client(log, _ => new HttpResponseMessage(HttpStatusCode.NoContent));

        using (await client.DeleteAsync(new Uri("http://box.store.test/a/key?versionId=1")))
        {
        }

        log.Violations.ShouldBeEmpty();
        log.Operations.Keys.ShouldBe([(ContractSpecs.S3, "DeleteObject")]);
    }

    [Fact]
    public async Task UnknownHostOrOperation_IsFound()
    {
        Specs.Require();
        var log = new ContractLog();
        using var client = Client(log, _ => new HttpResponseMessage(HttpStatusCode.OK));

        using (await client.GetAsync(new Uri("http://elsewhere.test/")))
        using (await client.SendAsync(new HttpRequestMessage(HttpMethod.Patch, new Uri(Endpoint, "/box/key"))))
        {
        }

        log.Violations.Select(violation => (violation.Place, violation.Kind)).ShouldBe([("host", ViolationKind.NoOperation), ("path", ViolationKind.NoOperation)]);
    }

    [Fact]
    public async Task ObjectData_IsNotKept_WhateverItsLength()
    {
        Specs.Require();
        const int Chunks = 64;
        var chunk = RandomNumberGenerator.GetBytes(64 * 1024);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Chunks; i++)
        {
            hash.AppendData(chunk);
        }

        var content = new ChunkContent(chunk, Chunks);
        var sink = new CountingStream();
        content.Written = () => sink.Count;
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Endpoint, "/box/key")) { Content = content };
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", Convert.ToHexStringLower(hash.GetHashAndReset()));
        var log = new ContractLog();
        using var client = Client(log, sent =>
        {
            sent.Content!.CopyTo(sink, context: null, CancellationToken.None);
            var body = new StreamContent(new NeverEndingStream());
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = body };
        });

        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        // Each chunk went through before the next was made, and the request is as it was.
        sink.Count.ShouldBe(Chunks * (long)chunk.Length);
        content.LargestLag.ShouldBe(0);
        request.Content.ShouldBeSameAs(content);
        log.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task ObjectDownload_PassesAsItIs()
    {
        Specs.Require();
        var body = new StreamContent(new NeverEndingStream());
        using var client = Client(new ContractLog { ThrowsAtOnce = true }, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = body });

        using var reply = await client.GetAsync(new Uri(Endpoint, "/box/key"), HttpCompletionOption.ResponseHeadersRead);

        reply.Content.ShouldBeSameAs(body);
    }

    [Fact]
    public async Task Signature_OfAnotherBody_IsFound()
    {
        Specs.Require();
        var log = new ContractLog();
        using var client = Client(log, _ => new HttpResponseMessage(HttpStatusCode.OK), new StubVerifier(new SignatureVerdict(SignatureOutcome.Valid, PayloadHash: Convert.ToHexStringLower(SHA256.HashData("other"u8)))));

        using (await client.PutAsync(new Uri(Endpoint, "/box/key"), new ByteArrayContent("body"u8.ToArray())))
        {
        }

        log.Violations.Single().Kind.ShouldBe(ViolationKind.Signature);
        log.Signatures.ShouldBe(1);
    }

    [Fact]
    public async Task Signature_WrongOrAbsent_IsFound()
    {
        Specs.Require();
        foreach (var outcome in new[] { SignatureOutcome.Invalid, SignatureOutcome.NotSigned })
        {
            var log = new ContractLog();
            using var client = Client(log, _ => new HttpResponseMessage(HttpStatusCode.OK), new StubVerifier(new SignatureVerdict(outcome)));

            using (await client.GetAsync(new Uri(Endpoint, "/box/key")))
            {
            }

            log.Violations.Single().Kind.ShouldBe(ViolationKind.Signature);
        }
    }

    [Fact]
    public async Task MultipartUpload_OnlyItsDescriptionIsChecked()
    {
        Specs.Require();
        var log = new ContractLog();
        using var client = Client(log, _ => new HttpResponseMessage(HttpStatusCode.NoContent), description: ContractSpecs.GoogleStorage);
        using var content = new MultipartContent("related") { new StringContent("{\"contentType\":\"text/plain\",\"colour\":\"red\"}", Encoding.UTF8, "application/json"), new ByteArrayContent(new byte[200_000]) };

        using (await client.PostAsync(new Uri(Endpoint, "/upload/storage/v1/b/box/o?uploadType=multipart&name=key"), content))
        {
        }

        log.Violations.Single().Place.ShouldBe("body.colour");
    }

    [Fact]
    public async Task Batch_EveryRequestInIt_IsChecked()
    {
        var log = await DeleteAsync(["/storage/v1/b/box/o/a?ifGenerationMatch=5", "/storage/v1/b/box/o/b?ifGenerationMatch=five"], Answer("response-0", "204 No Content"), Answer("response-1", "204 No Content"));

        log.Violations.Single().Place.ShouldBe("batch[1] query ifGenerationMatch");
    }

    [Fact]
    public async Task Batch_RightReplies_AreLetThrough()
    {
        const string Error = "Content-Type: application/json\r\n\r\n{\"error\":{\"code\":404,\"message\":\"No such object: box/b\",\"errors\":[{\"message\":\"No such object\",\"domain\":\"global\",\"reason\":\"notFound\"}]}}";
        var log = await DeleteAsync(["/storage/v1/b/box/o/a", "/storage/v1/b/box/o/b"], Answer("response-1", "404 Not Found", Error), Answer("response-0", "204 No Content"));

        log.Violations.ShouldBeEmpty();
        log.Replies.ShouldBe(3);
    }

    [Theory]
    [InlineData("/storage/v1/b/box/o/b?alt=json", "GET", "200 OK", "Content-Type: application/json\r\n\r\n{\"name\":\"b\",\"colour\":\"red\"}", "batch[1] body.colour")]
    [InlineData("/storage/v1/b/box/o/b", "GET", "200 OK", "Content-Type: application/json\r\n\r\n{\"size\":{}}", "batch[1] body.size")]
    [InlineData("/storage/v1/b/box/o/b", "GET", "nothing", "", "batch[1]")]
    public async Task Batch_EveryReplyInIt_IsChecked(string target, string method, string status, string rest, string place)
    {
        var log = await SendBatchAsync([("DELETE", "/storage/v1/b/box/o/a"), (method, target)], [Answer("response-0", "204 No Content"), Answer("response-1", status, rest)]);

        log.Violations.Single().Place.ShouldBe(place);
        log.Violations.Single().Direction.ShouldBe(ContractDirection.Reply);
    }

    [Fact]
    public async Task Batch_RepliesToNoneOrTwice_AreFound()
    {
        var log = await DeleteAsync(["/storage/v1/b/box/o/a", "/storage/v1/b/box/o/b"], Answer("response-0", "204 No Content"), Answer("response-0", "204 No Content"), Answer("response-7", "204 No Content"));

        log.Violations.Select(violation => violation.Place).ShouldBe(["batch[1] header content-id", "batch[2] header content-id", "batch[1]"], ignoreOrder: true);
    }

    [Fact]
    public async Task Batch_UnsignedRequestInIt_IsFound()
    {
        var log = await SendBatchAsync([("DELETE", "/storage/v1/b/box/o/a")], [Answer("response-0", "204 No Content")], new UnsignedInside());

        log.Violations.Single().Place.ShouldBe("batch[0] signature");
    }

    private static string Answer(string id, string status, string rest = "\r\n") => $"Content-Type: application/http\r\nContent-ID: <{id}>\r\n\r\nHTTP/1.1 {status}\r\n{rest}\r\n";

    private static Task<ContractLog> DeleteAsync(string[] targets, params string[] replies) => SendBatchAsync([.. targets.Select(target => ("DELETE", target))], replies);

    private static async Task<ContractLog> SendBatchAsync((string Method, string Target)[] requests, string[] replies, ISignatureVerifier? verifier = null)
    {
        Specs.Require();
        var log = new ContractLog();
        var document = new StringContent(string.Concat(replies.Select(reply => "--answers\r\n" + reply)) + "--answers--\r\n");
        document.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/mixed; boundary=answers");
        using var client = Client(log, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = document }, verifier, ContractSpecs.GoogleStorage);
        using var content = new MultipartContent("mixed");
        for (var i = 0; i < requests.Length; i++)
        {
            var part = new StringContent($"{requests[i].Method} {requests[i].Target} HTTP/1.1\r\n\r\n", Encoding.UTF8, "application/http");
            part.Headers.Add("Content-ID", $"<{i}>");
            content.Add(part);
        }

        using var response = await client.PostAsync(new Uri(Endpoint, "/batch/storage/v1"), content);
        await response.Content.ReadAsStringAsync();
        return log;
    }

    private static HttpClient Client(ContractLog log, Func<HttpRequestMessage, HttpResponseMessage> reply, ISignatureVerifier? verifier = null, string description = ContractSpecs.S3) =>
        new(new ContractHandler(log, [new ContractService { Description = ContractSpecs.Get(description), Endpoint = Endpoint, Signatures = verifier, RequiresSignature = verifier is not null }]) { InnerHandler = new StubHandler(reply) });

    private static HttpResponseMessage Xml(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/xml") };

    private sealed class UnsignedInside : ISignatureVerifier
    {
        public SignatureVerdict Verify(SignedMessage message) => message.Path.StartsWith("/batch", StringComparison.Ordinal) ? new SignatureVerdict(SignatureOutcome.Valid) : SignatureVerdict.NotSigned;
    }

    private sealed class StubVerifier(SignatureVerdict verdict) : ISignatureVerifier
    {
        public SignatureVerdict Verify(SignedMessage message) => verdict;
    }

    private sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content and not ChunkContent)
            {
                await content.CopyToAsync(Stream.Null, cancellationToken);
            }

            var response = reply(request);
            response.RequestMessage = request;
            return response;
        }
    }

    private sealed class ChunkContent(byte[] chunk, int count) : HttpContent
    {
        public Func<long> Written { get; set; } = () => 0;

        public long LargestLag { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < count; i++)
            {
                await stream.WriteAsync(chunk);
                LargestLag = Math.Max(LargestLag, ((i + 1) * (long)chunk.Length) - Written());
            }
        }

        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < count; i++)
            {
                stream.Write(chunk);
                LargestLag = Math.Max(LargestLag, ((i + 1) * (long)chunk.Length) - Written());
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = count * (long)chunk.Length;
            return true;
        }
    }

    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Count += count;
    }

    private sealed class NeverEndingStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
