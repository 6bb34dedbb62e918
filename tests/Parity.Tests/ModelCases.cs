using DinOrleans.Model.Ranking;

namespace DinOrleans.Parity.Tests;

/// <summary>Options that together walk every branch of every model.</summary>
internal static class ModelCases
{
    private static readonly string[] Activations = ["sigmoid", "relu", "pRelu", "dice"];
    private static readonly string[] Flags = ["true", "false"];

    private static readonly string[] TopModels = [WideDeep.Name, Pnn.Name, DeepFm.Name, BaseModel.Name, Din.Name, Dien.Name];

    /// <summary>One expert more than tasks, so that a swapped axis shows; one hidden layer and two.</summary>
    private static readonly string[] Experts =
    [
        """{ "topUnits": [9, 5], "multiTask": "mmoe", "experts": 3, "dropout": 0.2 }""",
        """{ "topUnits": [5], "multiTask": "mmoe", "experts": 2, "activation": "relu", "useBias": false }""",
        """{ "topUnits": [5], "multiTask": "mmoe", "experts": 2, "activation": "relu", "batchNorm": true }""",
    ];

    /// <summary>Beside statistics of another kind, those of Dice, and alone.</summary>
    private static readonly string[] BatchNorms =
    [
        Small(""" "batchNorm": true """),
        """{ "topUnits": [9, 5], "activation": "relu", "batchNorm": true }""",
    ];

    /// <summary>Profile and context or not, one task or two, fields of several widths, or one.</summary>
    public static IReadOnlyList<(int Profile, int Context, int Tasks)> Layouts { get; } = [(3, 2, 1), (0, 0, 2), (3, 0, 2), (0, 2, 1)];

    /// <summary>A layout of items 6 wide.</summary>
    public static ScoreLayout Layout(int profile, int context, int tasks)
    {
        var layout = new ScoreLayout(6, profile, context, tasks) { ProfileNumbers = Math.Min(profile, 1), ContextNumbers = Math.Min(context, 1) };
        return profile == 0 && context > 0
            ? layout
            : layout with { ItemFields = [3, 2, 1], ItemNumbers = 1, ProfileFields = profile == 0 ? [] : [2, 1] };
    }

    /// <summary>Options as JSON, those of several tasks only where there are.</summary>
    public static IEnumerable<string> OptionsOf(string model, int tasks) =>
        TopModels.Contains(model) ? [.. OptionsOf(model), .. BatchNorms, .. tasks > 1 ? Experts : []] : OptionsOf(model);

    private static IEnumerable<string> OptionsOf(string model) => model switch
    {
        LogisticRegression.Name =>
        [
            .. from pooling in (string[])["average", "sum"]
               from bias in Flags
               select $$"""{ "pooling": "{{pooling}}", "useBias": {{bias}} }""",
        ],
        WideDeep.Name => TopNetworks("", "useBias"),
        Pnn.Name or DeepFm.Name => [.. TopNetworks(""" "fieldWidth": 4 """, "useBias"), Small(""" "fieldWidth": 3 """)],
        Afm.Name =>
        [
            .. from bias in Flags
               from width in (int[])[3, 4]
               select $$"""{ "fieldWidth": {{width}}, "attentionWidth": 5, "dropout": 0.2, "useBias": {{bias}} }""",
        ],
        TwoTower.Name => [.. Towers(""), """{ "towerUnits": [5], "outputWidth": 3, "loss": "inBatch", "useBias": true }"""],
        ThreeTower.Name => [.. Towers(""", "crossUnits": [4, 3]"""), .. from positions in (int[])[0, 3] select $$"""{ "crossUnits": [4], "positions": {{positions}} }"""],
        BaseModel.Name =>
        [
            .. TopNetworks("", "useBias"),
            .. from pooling in (string[])["average", "sum"] select Small($""" "pooling": "{pooling}" """),
            Small(""" "product": false """),
            .. from product in Flags select Small($""" "powers": true, "product": {product} """),
        ],
        Din.Name =>
        [
            .. TopNetworks(""" "attentionUnits": [8, 4] """, "useBias", "softmax"),
            .. from interaction in (string[])["difference", "product", "both", "outer"]
               from softmax in Flags
               select Small($""" "attentionUnits": [8, 4], "interaction": "{interaction}", "softmax": {softmax} """),
            .. from softmax in Flags
               from recency in Flags
               select Small($""" "attentionUnits": [8, 4], "recency": {recency}, "softmax": {softmax} """),
            Small(""" "attentionUnits": [8, 4], "intensity": true, "crosses": true """),
            .. from attention in (string[])["unit", "dot", "cosine", "bilinear"]
               from softmax in Flags
               select Small($""" "attention": "{attention}", "softmax": {softmax} """),
        ],
        Dien.Name =>
        [
            .. TopNetworks("", "useBias"),
            .. from evolution in (string[])["augru", "aigru", "agru"]
               from auxiliaryWeight in (int[])[0, 1]
               select Small($""" "evolution": "{evolution}", "auxiliaryWeight": {auxiliaryWeight} """),
            Small(""" "attention": "unit", "attentionUnits": [8, 4] """),
            Small(""" "attention": "unit", "attentionUnits": [8, 4], "recency": true, "softmax": false, "intensity": true, "pooled": true """),
            Small(""" "softmax": false, "pooled": true, "evolution": "aigru" """),
        ],
        _ => throw new ArgumentException($"No options are listed for model {model}.", nameof(model)),
    };

    private static IEnumerable<string> Towers(string more) =>
        from activation in Activations
        from flag in Flags
        select $$"""
            { "towerUnits": [9, 5], "outputWidth": 4, "activation": "{{activation}}", "dropout": 0.2, "normalise": {{flag}}, "useBias": {{flag}}, "temperature": 0.5{{more}} }
            """;

    /// <summary>A small top network, with other options.</summary>
    private static string Small(string more) => $$"""{ "topUnits": [9, 5], "activation": "dice", "dropout": 0.2, {{more}} }""";

    /// <summary>Top networks of every activation, with each setting of some flags.</summary>
    private static IEnumerable<string> TopNetworks(string more, params string[] flags)
    {
        string common = more.Length == 0 ? "" : "," + more;
        return from activation in Activations
               from settings in Settings(flags)
               select $$"""{ "topUnits": [9, 5], "activation": "{{activation}}", "dropout": 0.2{{common}}{{settings}} }""";
    }

    private static IEnumerable<string> Settings(string[] flags) => flags.Length == 0
        ? [""]
        : from rest in Settings(flags[1..]) from value in Flags select $", \"{flags[0]}\": {value}{rest}";
}
