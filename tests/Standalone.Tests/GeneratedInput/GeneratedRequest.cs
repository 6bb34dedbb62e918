using System.Text;
using CsCheck;

namespace DinOrleans.Standalone.Tests.GeneratedInput;

/// <summary>What a request would change, so that it can be looked up afterwards.</summary>
internal enum Change
{
    None,
    Events,
    Items,
    Profile,
}

/// <summary>One request. "@" in path and body stands for an id that no other request has.</summary>
/// <param name="Change">The kind of change that the request would make to "@".</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, encoded.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="ContentType">Its content type; empty for none.</param>
/// <param name="Coding">Its content coding; empty for none. "gzip" is applied, any other is only claimed.</param>
internal sealed record GeneratedRequest(Change Change, string Method, string Path, string? Body, string ContentType = "application/json", string Coding = "")
{
    private const string MarkedItem = """{"itemId":"@"}""";
    private const string MarkedEvent = """{"eventId":"@","userId":"@","itemId":"i1","type":"click","timestamp":"2026-01-01T00:00:00Z"}""";

    private static readonly Gen<string> ContentTypes = Gen.Frequency(
        (30, Gen.Const("application/json")),
        (1, Gen.OneOfConst("application/json; charset=UTF-8", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "json", "")));

    private static readonly Gen<string> Codings = Gen.Frequency((30, Gen.Const("")), (2, Gen.Const("gzip")), (1, Gen.OneOfConst("br", "zstd", "identity", "gzip, gzip")));

    private static readonly Gen<string> Event = Gen.Select(
        JsonGen.Member("eventId", JsonGen.String),
        JsonGen.Member("userId", JsonGen.String),
        JsonGen.Member("itemId", JsonGen.String),
        JsonGen.Member("type", Gen.Frequency((20, Gen.OneOfConst("\"click\"", "\"impression\"")), (1, Gen.Const("\"Click\"")))),
        JsonGen.Member("timestamp", JsonGen.Timestamp),
        JsonGen.Member("context", JsonGen.Features("device", "hour")),
        JsonGen.Stray,
        (a, b, c, d, e, f, g) => JsonGen.Join("{", [a, b, c, d, e, f, g], "}"));

    private static readonly Gen<string> Item = Gen.Select(
        JsonGen.Member("itemId", JsonGen.String),
        JsonGen.Member("features", JsonGen.Features("category", "price", "weight")),
        JsonGen.Stray,
        (a, b, c) => JsonGen.Join("{", [a, b, c], "}"));

    private static readonly Gen<string> Ranking = Gen.Select(
        JsonGen.Member("userId", JsonGen.String),
        JsonGen.Member("candidates", Gen.Frequency((60, JsonGen.Member("itemId", JsonGen.String).Select(m => $"{{{m}}}")), (1, JsonGen.Any)).Array[1, 4].Select(c => JsonGen.Join("[", c, "]"))),
        JsonGen.Member("context", JsonGen.Features("device", "hour")),
        JsonGen.Member("limit", Gen.Frequency((20, Gen.OneOfConst("1", "5", "1000", "null")), (1, Gen.OneOfConst("0", "1001", "-1", "1.5", "99999999999")))),
        JsonGen.Member("explain", Gen.OneOfConst("true", "false")),
        JsonGen.Member("background", Gen.OneOfConst("true", "false")),
        JsonGen.Stray,
        (a, b, c, d, e, f, g) => JsonGen.Join("{", [a, b, c, d, e, f, g], "}"));

    private static readonly Gen<string> Paths = Gen.Frequency(
        (4, JsonGen.Text.Select(id => "/v1/users/" + Encode(id))),
        (2, JsonGen.Text.Select(version => $"/v1/models/{Encode(version)}/activate")),
        (2, Gen.OneOfConst("/", "/health/live", "/health/ready", "/v1/models", "/openapi/v1.json", "/v1/rank", "/v1/events", "/v1/items", "/v1/users/", "//", "/v1/../v1/models", "/v1/users/%FF")),
        (1, JsonGen.Text.Select(id => "/" + Encode(id))));

    /// <summary>True where the part of the body that names "@" is whole, so that a success must have changed it.</summary>
    public bool IsMarked => Change switch
    {
        Change.Events => Body!.Contains(MarkedEvent, StringComparison.Ordinal),
        Change.Items => Body!.Contains(MarkedItem, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>A request to any endpoint.</summary>
    public static Gen<GeneratedRequest> Any { get; } = Gen.Frequency(
        (4, Event.Array[0, 3].SelectMany(events => With(Change.Events, "POST", "/v1/events", JsonGen.Join("{\"events\":[", [MarkedEvent, .. events], "]}")))),
        (3, Item.Array[0, 3].SelectMany(items => With(Change.Items, "PUT", "/v1/items", JsonGen.Join("{\"items\":[", [MarkedItem, .. items], "]}")))),
        (2, JsonGen.Member("features", JsonGen.Features("country", "age")).SelectMany(features => With(Change.Profile, "PUT", "/v1/users/@", $"{{{features}}}"))),
        (6, Ranking.SelectMany(body => With(Change.None, "POST", "/v1/rank", body))),
        (1, Gen.Select(Gen.OneOfConst("/v1/events", "/v1/rank"), JsonGen.Any).SelectMany(sent => With(Change.None, "POST", sent.Item1, sent.Item2))),
        (3, Gen.Select(Gen.OneOfConst("GET", "HEAD", "OPTIONS", "DELETE", "PATCH", "POST", "PUT", "BREW"), Paths, Gen.OneOfConst("{}", null, ""), ContentTypes)
            .Select(sent => new GeneratedRequest(Change.None, sent.Item1, sent.Item2, sent.Item3, sent.Item4))));

    /// <summary>A body as it is, or damaged, or sent in an odd way.</summary>
    private static Gen<GeneratedRequest> With(Change change, string method, string path, string body) => Gen.Select(
        Gen.Frequency((20, Gen.Const(body)), (1, Gen.Int[0, body.Length].Select(length => body[..length])), (1, Gen.Select(Gen.Int[0, body.Length], Gen.Char).Select(at => body.Insert(at.Item1, at.Item2.ToString())))),
        ContentTypes,
        Codings,
        (sent, contentType, coding) => new GeneratedRequest(change, method, path, sent, contentType, coding));

    private static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' ? ((char)b).ToString() : $"%{b:X2}"));
}
