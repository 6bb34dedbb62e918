using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>A block of HTTP: one or more requests, each a line with method and path and a body of JSON, or the answer that the request before has.</summary>
internal static partial class Exchange
{
    /// <returns>What is wrong with the block, as far as it can be told without a server, or null.</returns>
    public static string? Problem(string text)
    {
        try
        {
            if (Status(text) is not null)
            {
                Body(text);
                return null;
            }

            return Requests(text).Count > 0 ? null : "it must begin with a status, or with a method and a path";
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    /// <summary>The status of a block that is an answer; null for a block of requests.</summary>
    public static HttpStatusCode? Status(string text) => StatusLine().Match(text) is { Success: true } line
        ? (HttpStatusCode)int.Parse(line.Groups["status"].Value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The body of a block that is an answer.</summary>
    public static JsonElement Body(string text) => DocJson.Parse(text[text.IndexOf('\n', StringComparison.Ordinal)..]);

    /// <summary>The requests of a block.</summary>
    public static IReadOnlyList<HttpRequestMessage> Requests(string text)
    {
        Match[] lines = RequestLine().Matches(text).ToArray();
        return [.. lines.Select((line, i) => Request(line, text[(line.Index + line.Length)..(i + 1 < lines.Length ? lines[i + 1].Index : text.Length)]))];
    }

    private static HttpRequestMessage Request(Match line, string body) => new(new HttpMethod(line.Groups["method"].Value), line.Groups["path"].Value)
    {
        Content = string.IsNullOrWhiteSpace(body) ? null : new StringContent(DocJson.Parse(body).GetRawText(), Encoding.UTF8, "application/json"),
    };

    [GeneratedRegex(@"\A(?<status>\d{3}) [A-Z]")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|DELETE) (?<path>/\S*)$", RegexOptions.Multiline)]
    private static partial Regex RequestLine();
}
