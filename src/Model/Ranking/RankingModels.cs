using System.Text.Json;
using DinOrleans.Model.Options;

namespace DinOrleans.Model.Ranking;

/// <summary>The models by name, each with its options as validated JSON.</summary>
public static class RankingModels
{
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
    public static IRankingModel Create(string name, ScoreLayout layout, string? optionsJson)
    {
        Require(name, Problems(name, layout, optionsJson));
        return Find(name).Create(layout, optionsJson);
    }

    /// <summary>Every rule that options break, by JSON field; empty where they are valid.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="layout">Widths of the model's inputs; null to look at each field by itself.</param>
    /// <param name="optionsJson">The model's options; null or "{}" for the defaults.</param>
    /// <exception cref="InvalidDataException">There is no such model.</exception>
    public static IReadOnlyList<string> Problems(string name, ScoreLayout? layout, string? optionsJson) => Find(name).Problems(layout, optionsJson);

    /// <summary>The complete options of a model, with all defaults filled in, as an artifact keeps them.</summary>
    /// <exception cref="InvalidDataException">There is no such model, or the text is not its options.</exception>
    public static string CompleteOptions(string name, string? optionsJson)
    {
        Require(name, Problems(name, layout: null, optionsJson));
        return Find(name).Complete(optionsJson);
    }

    private static void Require(string name, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"{name} options: {string.Join("; ", problems)}.");
        }
    }

    private static Entry Find(string name) => Entries.FirstOrDefault(e => e.Name == name)
        ?? throw new InvalidDataException($"model \"{name}\" is unknown; known are {string.Join(", ", Names)}.");

    private static Entry Model<TOptions>(string name, Func<ScoreLayout, TOptions, IRankingModel> create)
        where TOptions : class, IModelOptions => new(
            name,
            (layout, json) => Problems<TOptions>(layout, json),
            (layout, json) => create(layout, Valid<TOptions>(json)),
            json => JsonSerializer.Serialize(Valid<TOptions>(json).Complete(), typeof(TOptions), OptionsJson.Serializer));

    private static IReadOnlyList<string> Problems<TOptions>(ScoreLayout? layout, string? json)
        where TOptions : class, IModelOptions
    {
        List<string> problems = [];
        try
        {
            TOptions? options = OptionsJson.Read<TOptions>(OptionsJson.Parse(json), problems);
            if (options is null || layout is null)
            {
                return problems;
            }

            var rules = new OptionRules();
            options.Check(rules, layout);
            return rules.Broken;
        }
        catch (InvalidDataException e)
        {
            return [e.Message];
        }
    }

    private static TOptions Valid<TOptions>(string? json)
        where TOptions : class => OptionsJson.Read<TOptions>(OptionsJson.Parse(json), [])!;

    private sealed record Entry(
        string Name,
        Func<ScoreLayout?, string?, IReadOnlyList<string>> Problems,
        Func<ScoreLayout, string?, IRankingModel> Create,
        Func<string?, string> Complete);
}
