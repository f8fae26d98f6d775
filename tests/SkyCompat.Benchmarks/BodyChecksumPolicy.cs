using Azure.Core;
using Azure.Core.Pipeline;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>Lets the raw SDK send the CRC-64 of a body as a header, as ours does. Its own transfer validation puts it into a structured message, which the emulator does not know.</summary>
internal sealed class BodyChecksumPolicy : HttpPipelineSynchronousPolicy
{
    private const string Header = "x-ms-content-crc64";

    /// <summary>Computes the checksum, for the request that is sent within the scope.</summary>
    public static IDisposable Send(byte[] body)
    {
        var crc = ChecksumHasher.Compute(ChecksumAlgorithm.Crc64Nvme, body).Value.ToArray();
        Array.Reverse(crc);
        return HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(StringComparer.Ordinal) { [Header] = Convert.ToBase64String(crc) });
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Header, out var value) && value is string text)
        {
            message.Request.Headers.SetValue(Header, text);
        }
    }
}
