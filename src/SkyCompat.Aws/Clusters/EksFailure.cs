using System.Text.Json;

namespace SkyCompat.Aws;

/// <summary>What EKS answered instead of success.</summary>
internal sealed record EksFailure
{
    public int Status { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the refusal taught the clock the server's time, so that the same request may now be signed anew.</summary>
    public bool Learned { get; init; }

    public static EksFailure Read(HttpResponseMessage response, byte[] bytes, ServerClock clock)
    {
        var (code, message) = (Header("x-amzn-errortype"), default(string));
        try
        {
            using var document = JsonDocument.Parse(bytes);
            code ??= document.RootElement.Text("__type") ?? document.RootElement.Text("code");
            message = document.RootElement.Text("message") ?? document.RootElement.Text("Message");
        }
        catch (JsonException)
        {
            // The status and the header say enough.
        }

        // The code may be followed by an address, or have a namespace before it.
        code = code?.Split(':')[0].Split('#')[^1];
        return new EksFailure
        {
            Status = (int)response.StatusCode,
            Code = code,
            Message = message,
            RequestId = Header("x-amzn-requestid"),
            RetryAfter = response.Headers.RetryAfter?.Delta,
            Learned = EksErrors.IsAboutTime(code, message) && response.Headers.Date is { } time && clock.Learn(time),
        };

        string? Header(string name) => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
    }
}
