using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DinOrleans.Gateway.Json;

/// <summary>
/// Finds the generated code for the body of a request or response. That code is generated for the bodies of all features in one place, which
/// the composition of the gateway names, so that no feature depends on another one's bodies.
/// </summary>
/// <param name="requests">The code that reads request bodies.</param>
/// <param name="responses">The code that writes response bodies.</param>
internal sealed class BodyTypes(JsonSerializerContext requests, JsonSerializerContext responses)
{
    /// <summary>Returns the code that reads a request body.</summary>
    /// <exception cref="NotSupportedException">The type is not listed as a request body.</exception>
    public JsonTypeInfo<T> Request<T>() => Find<T>(requests);

    /// <summary>Returns the code that writes a response body.</summary>
    /// <exception cref="NotSupportedException">The type is not listed as a response body.</exception>
    public JsonTypeInfo<T> Response<T>() => Find<T>(responses);

    private static JsonTypeInfo<T> Find<T>(JsonSerializerContext context) => (JsonTypeInfo<T>)context.Options.GetTypeInfo(typeof(T));
}
