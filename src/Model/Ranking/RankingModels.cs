using System.Text.Json;
using System.Text.Json.Serialization;

namespace DinOrleans.Model.Ranking;

/// <summary>The models by name, each with its options as validated JSON.</summary>
public static class RankingModels
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly IReadOnlyList<Entry> Entries =
    [
        Model<LogisticRegressionOptions>(LogisticRegression.Name, (layout, options) => new LogisticRegression(layout, options)),
        Model<BaseModelOptions>(BaseModel.Name, (layout, options) => new BaseModel(layout, options)),
        Model<WideDeepOptions>(WideDeep.Name, (layout, options) => new WideDeep(layout, options)),
        Model<PnnOptions>(Pnn.Name, (layout, options) => new Pnn(layout, options)),
        Model<DeepFmOptions>(DeepFm.Name, (layout, options) => new DeepFm(layout, options)),
        Model<AfmOptions>(Afm.Name, (layout, options) => new Afm(layout, options)),
        Model<DinOptions>(Din.Name, (layout, options) => new Din(layout, options)),
        Model<DienOptions>(Dien.Name, (layout, options) => new Dien(layout, options)),
        Model<TwoTowerOptions>(TwoTower.Name, (layout, options) => new TwoTower(layout, options)),
        Model<ThreeTowerOptions>(ThreeTower.Name, (layout, options) => new ThreeTower(layout, options)),
    ];

    /// <summary>Names that <see cref="Create"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(e => e.Name)];

    /// <summary>Makes a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="layout">Widths of its inputs.</param>
    /// <param name="optionsJson">The model's options; null or "{}" for the defaults.</param>
    /// <exception cref="InvalidDataException">There is no such model, or its options break rules (the message lists them all).</exception>
    public static IRankingModel Create(string name, ScoreLayout layout, string? optionsJson) => Find(name).Create(layout, optionsJson);

    /// <summary>The options of a model in full, defaults filled in, as kept in an artifact.</summary>
    /// <exception cref="InvalidDataException">There is no such model, or the text is not its options.</exception>
    public static string Normalise(string name, string? optionsJson) => Find(name).Normalise(optionsJson);

    private static Entry Find(string name) => Entries.FirstOrDefault(e => e.Name == name)
        ?? throw new InvalidDataException($"model \"{name}\" is unknown; known are {string.Join(", ", Names)}.");

    private static Entry Model<TOptions>(string name, Func<ScoreLayout, TOptions, IRankingModel> create)
        where TOptions : IModelOptions, new() => new(
            name,
            (layout, json) =>
            {
                TOptions options = Parse<TOptions>(name, json);
                var rules = new OptionRules();
                options.Check(rules, layout);
                return rules.Broken.Count == 0
                    ? create(layout, options)
                    : throw new InvalidDataException($"{name} options: {string.Join("; ", rules.Broken)}.");
            },
            json => JsonSerializer.Serialize(Parse<TOptions>(name, json), Json));

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

    private sealed record Entry(string Name, Func<ScoreLayout, string?, IRankingModel> Create, Func<string?, string> Normalise);
}
