using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Storage.Trainings;

/// <summary>A training as the text of a column.</summary>
internal static class TrainingText
{
    /// <summary>A measure that is not a number must not keep a training from being stored.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(TrainingInfo training) => JsonSerializer.Serialize(training, Json);

    public static TrainingInfo Read(string text) => JsonSerializer.Deserialize<TrainingInfo>(text, Json)!;
}
