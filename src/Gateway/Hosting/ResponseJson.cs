using System.Text.Json.Serialization;
using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Experiments;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Items;
using DinOrleans.Gateway.Keys;
using DinOrleans.Gateway.Models;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Rank;
using DinOrleans.Gateway.Trainings;
using DinOrleans.Gateway.Users;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Writes answers with generated code. It has no converters, because they would turn the generated code off.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RankResponse))]
[JsonSerializable(typeof(EventsResponse))]
[JsonSerializable(typeof(ItemsResponse))]
[JsonSerializable(typeof(ItemResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(ModelsResponse))]
[JsonSerializable(typeof(ExperimentsResponse))]
[JsonSerializable(typeof(TrainingsResponse))]
[JsonSerializable(typeof(TrainingResponse))]
[JsonSerializable(typeof(KeysResponse))]
[JsonSerializable(typeof(NewKeyResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ResponseJson : JsonSerializerContext;
