using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The models by name, each with its options as validated JSON.</summary>
public static class RankingModels
{
    private const int MaxLayers = 8;
    private const int MaxUnits = 4096;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Names that <see cref="Create"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [BaseModel.Name, Din.Name];

    /// <summary>Makes a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="layout">Widths of its inputs.</param>
    /// <param name="optionsJson">The model's options; null or "{}" for the defaults.</param>
    /// <exception cref="InvalidDataException">There is no such model, or its options break a rule.</exception>
    public static IRankingModel Create(string name, ScoreLayout layout, string? optionsJson) => name switch
    {
        BaseModel.Name => Base(layout, Parse<BaseModelOptions>(name, optionsJson)),
        Din.Name => DinOf(layout, Parse<DinOptions>(name, optionsJson)),
        _ => throw new InvalidDataException($"model \"{name}\" is unknown; known are {string.Join(", ", Names)}."),
    };

    /// <summary>The options of a model in full, defaults filled in, as kept in an artifact.</summary>
    /// <exception cref="InvalidDataException">There is no such model, or the text is not its options.</exception>
    public static string Normalise(string name, string? optionsJson) => name switch
    {
        BaseModel.Name => JsonSerializer.Serialize(Parse<BaseModelOptions>(name, optionsJson), Json),
        Din.Name => JsonSerializer.Serialize(Parse<DinOptions>(name, optionsJson), Json),
        _ => throw new InvalidDataException($"model \"{name}\" is unknown; known are {string.Join(", ", Names)}."),
    };

    private static BaseModel Base(ScoreLayout layout, BaseModelOptions options)
    {
        Units(BaseModel.Name, "topUnits", options.TopUnits);
        Common(BaseModel.Name, options.Activation, options.Dropout);
        return new BaseModel(layout, options);
    }

    private static Din DinOf(ScoreLayout layout, DinOptions options)
    {
        Units(Din.Name, "attentionUnits", options.AttentionUnits);
        Units(Din.Name, "topUnits", options.TopUnits);
        Common(Din.Name, options.Activation, options.Dropout);
        return new Din(layout, options);
    }

    private static void Common(string model, Activation activation, float dropout)
    {
        Require(model, "activation", Enum.IsDefined(activation), "must be sigmoid, relu, pRelu or dice");
        Require(model, "dropout", dropout is >= 0 and < 1, "must be 0 to below 1");
    }

    private static void Units(string model, string field, IReadOnlyList<int> units) =>
        Require(
            model,
            field,
            units.Count is >= 1 and <= MaxLayers && units.All(u => u is >= 1 and <= MaxUnits),
            $"must be 1 to {MaxLayers} layers of 1 to {MaxUnits} units");

    private static void Require(string model, string field, bool holds, string rule)
    {
        if (!holds)
        {
            throw new InvalidDataException($"{model} options: {field} {rule}.");
        }
    }

    private static T Parse<T>(string name, string? json)
        where T : new()
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? new T() : JsonSerializer.Deserialize<T>(json, Json) ?? new T();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name} options: {e.Message}", e);
        }
    }
}
