using System.Text.Json.Serialization;
using DinOrleans.Contracts.Schema;
using DinOrleans.Gateway.Cluster;
using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Experiments;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Items;
using DinOrleans.Gateway.Keys;
using DinOrleans.Gateway.Models;
using DinOrleans.Gateway.Overview;
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
[JsonSerializable(typeof(FoundItemsResponse))]
[JsonSerializable(typeof(SimilarItemsResponse))]
[JsonSerializable(typeof(ItemDaysResponse))]
[JsonSerializable(typeof(InputSchema))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(UsersResponse))]
[JsonSerializable(typeof(RecentUserResponse))]
[JsonSerializable(typeof(ModelsResponse))]
[JsonSerializable(typeof(ModelOriginResponse))]
[JsonSerializable(typeof(ExperimentsResponse))]
[JsonSerializable(typeof(TrainingsResponse))]
[JsonSerializable(typeof(TrainingResponse))]
[JsonSerializable(typeof(KeysResponse))]
[JsonSerializable(typeof(NewKeyResponse))]
[JsonSerializable(typeof(OverviewResponse))]
[JsonSerializable(typeof(ClusterResponse))]
[JsonSerializable(typeof(SettingsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ResponseJson : JsonSerializerContext;
