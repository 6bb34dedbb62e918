using System.Text.Json;
using System.Text.Json.Serialization;

namespace DinOrleans.Client;

/// <summary>The JSON of requests and answers, by generated code.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RankRequest))]
[JsonSerializable(typeof(Ranking))]
[JsonSerializable(typeof(EventsBody))]
[JsonSerializable(typeof(AppendedEvents))]
[JsonSerializable(typeof(CatalogueItem))]
[JsonSerializable(typeof(ItemsBody))]
[JsonSerializable(typeof(PutItems))]
[JsonSerializable(typeof(ItemPage))]
[JsonSerializable(typeof(PopularItems))]
[JsonSerializable(typeof(SimilarItems))]
[JsonSerializable(typeof(ItemDays))]
[JsonSerializable(typeof(ProfileBody))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(RecentUser))]
[JsonSerializable(typeof(UserIdPage))]
[JsonSerializable(typeof(ModelRegistry))]
[JsonSerializable(typeof(ModelOrigin))]
[JsonSerializable(typeof(PublishBody))]
[JsonSerializable(typeof(TrainingRequest))]
[JsonSerializable(typeof(TrainingRun))]
[JsonSerializable(typeof(TrainingPage))]
[JsonSerializable(typeof(ExperimentPlan))]
[JsonSerializable(typeof(Experiment))]
[JsonSerializable(typeof(ExperimentList))]
[JsonSerializable(typeof(PromoteBody))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(Schema))]
[JsonSerializable(typeof(SiloList))]
[JsonSerializable(typeof(SettingSections))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ClientJson : JsonSerializerContext;

/// <summary>The body of a request that says nothing.</summary>
internal sealed record EmptyBody;

/// <summary>Problem details of the API.</summary>
internal sealed record ProblemBody(string? Title, string? Detail, IReadOnlyList<BrokenRule>? Errors, long? Accepted);
