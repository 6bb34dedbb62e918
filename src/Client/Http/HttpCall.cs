using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DinOrleans.Client;

/// <summary>One call of the API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query, relative to the address of the server.</param>
internal sealed record HttpCall(HttpMethod Method, string Path)
{
    /// <summary>True where the call may be sent again although an earlier sending may have been applied.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>Makes the body of each sending; null for none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>How long the answer is of use, from the first sending on; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The call with a body of JSON.</summary>
    public HttpCall With<T>(T body, JsonTypeInfo<T> type)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return this with
        {
            Body = () => new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } },
        };
    }

    /// <summary>The method and the path without the query, as errors name them.</summary>
    public override string ToString() => $"{Method} /{Path.Split('?')[0]}";
}
