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

    /// <summary>True where the body can be made only once, so that the call is never sent again.</summary>
    public bool IsSentOnce { get; init; }

    /// <summary>True where the body may take any time to be sent, so that the time of the request has no limit.</summary>
    public bool IsLong { get; init; }

    /// <summary>True where the server asks for no key, so that none is sent.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Makes the body of each sending; null for none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>How long the answer is of use, from the first sending on; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The arm of an experiment that is to answer; null for the user's own.</summary>
    public ExperimentArmName? Arm { get; init; }

    /// <summary>The call with a body of JSON.</summary>
    public HttpCall With<T>(T body, JsonTypeInfo<T> type)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return this with
        {
            Body = () => new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } },
        };
    }

    /// <summary>The call with query parameters, of which those without a value are left out.</summary>
    public HttpCall Query(params IReadOnlyList<(string Name, string? Value)> parameters)
    {
        string query = string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? this : this with { Path = $"{Path}?{query}" };
    }

    /// <summary>The method and the path without the query, as errors name them.</summary>
    public override string ToString() => $"{Method} /{Path.Split('?')[0]}";
}
