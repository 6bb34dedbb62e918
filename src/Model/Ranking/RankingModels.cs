using System.Text.Json;
using DinOrleans.Model.Options;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>The models by name, each with its options as checked JSON.</summary>
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

    /// <summary>The names that <see cref="Create"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(e => e.Name)];

    /// <summary>Creates a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="optionsJson">The model's options; null or "{}" for the defaults.</param>
    /// <exception cref="InvalidContentException">There is no such model, or its options break rules. The message lists them.</exception>
    public static IRankingModel Create(string name, ScoreLayout layout, string? optionsJson)
    {
        Require(name, Find(name).Check(layout, optionsJson));
        return Find(name).Create(layout, optionsJson);
    }

    /// <summary>Checks the options of a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="layout">The widths of the vectors that the model scores; null to check only each field by itself.</param>
    /// <param name="optionsJson">The model's options; null or "{}" for the defaults.</param>
    /// <returns>Every broken rule, by JSON field; empty if the options are valid.</returns>
    /// <exception cref="InvalidContentException">There is no such model.</exception>
    public static IReadOnlyList<string> Check(string name, ScoreLayout? layout, string? optionsJson) => Find(name).Check(layout, optionsJson);

    /// <summary>The complete options of a model, with all defaults filled in, as an artifact keeps them.</summary>
    /// <exception cref="InvalidContentException">There is no such model, or the text is not its options.</exception>
    public static string CompleteOptions(string name, string? optionsJson)
    {
        Require(name, Find(name).Check(null, optionsJson));
        return Find(name).Complete(optionsJson);
    }

    private static void Require(string name, Problems problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidContentException($"{name} options: {problems}.");
        }
    }

    private static Entry Find(string name) => Entries.FirstOrDefault(e => e.Name == name)
        ?? throw new InvalidContentException($"model \"{name}\" is unknown. The models are {string.Join(", ", Names)}.");

    private static Entry Model<TOptions>(string name, Func<ScoreLayout, TOptions, IRankingModel> create)
        where TOptions : class, IModelOptions => new(
            name,
            (layout, json) => Check<TOptions>(layout, json),
            (layout, json) => create(layout, Valid<TOptions>(json)),
            json => JsonSerializer.Serialize(Valid<TOptions>(json).Complete(), typeof(TOptions), OptionsJson.Serializer));

    private static Problems Check<TOptions>(ScoreLayout? layout, string? json)
        where TOptions : class, IModelOptions
    {
        Problems problems = [];
        try
        {
            TOptions? options = OptionsJson.Read<TOptions>(OptionsJson.Parse(json), problems);
            if (options is not null && layout is not null)
            {
                options.Check(problems, layout);
            }
        }
        catch (InvalidContentException e)
        {
            problems.Add(e.Message);
        }

        return problems;
    }

    private static TOptions Valid<TOptions>(string? json)
        where TOptions : class => OptionsJson.Read<TOptions>(OptionsJson.Parse(json), [])!;

    private sealed record Entry(
        string Name,
        Func<ScoreLayout?, string?, Problems> Check,
        Func<ScoreLayout, string?, IRankingModel> Create,
        Func<string?, string> Complete);
}
