using System.Text.Json;
using System.Text.Json.Serialization;

namespace DinOrleans.Gateway.Json;

/// <summary>The JSON of the REST interface, generated at compile time; strict about what it reads.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RankRequest))]
[JsonSerializable(typeof(RankResponse))]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(EventsResponse))]
[JsonSerializable(typeof(ItemsRequest))]
[JsonSerializable(typeof(ItemsResponse))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(ModelsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ProblemBody))]
public sealed partial class WireJson : JsonSerializerContext;
