using DinOrleans.Model.Ranking;

namespace DinOrleans.Parity.Tests;

/// <summary>Options that together walk every branch of every model.</summary>
internal static class ModelCases
{
    private static readonly string[] Activations = ["sigmoid", "relu", "pRelu", "dice"];
    private static readonly string[] Flags = ["true", "false"];

    /// <summary>Options as JSON.</summary>
    public static IEnumerable<string> OptionsOf(string model) => model switch
    {
        BaseModel.Name =>
        [
            .. TopNetworks("", "useBias"),
            .. from pooling in (string[])["average", "sum"] select Small($""" "pooling": "{pooling}" """),
        ],
        Din.Name =>
        [
            .. TopNetworks(""" "attentionUnits": [8, 4] """, "useBias", "softmax"),
            .. from interaction in (string[])["difference", "product", "both", "outer"]
               select Small($""" "attentionUnits": [8, 4], "interaction": "{interaction}" """),
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
        ],
        _ => throw new ArgumentException($"No options are listed for model {model}.", nameof(model)),
    };

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
