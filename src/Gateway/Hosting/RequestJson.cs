using System.Text.Json.Serialization;
using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Experiments;
using DinOrleans.Gateway.Items;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Keys;
using DinOrleans.Gateway.Models;
using DinOrleans.Gateway.Rank;
using DinOrleans.Gateway.Trainings;
using DinOrleans.Gateway.Users;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Reads requests strictly. An unknown or repeated member, or a value of another kind, is an error that names the member.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(TextConverter), typeof(FlagConverter), typeof(WholeNumberConverter), typeof(NumberConverter), typeof(TimestampConverter), typeof(FeatureValueConverter), typeof(CandidateConverter)])]
[JsonSerializable(typeof(RankRequest))]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(ItemsRequest))]
[JsonSerializable(typeof(ItemRequest))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(ExperimentRequest))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(StartTrainingRequest))]
[JsonSerializable(typeof(KeyRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
