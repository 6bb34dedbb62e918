using System.Globalization;
using DinOrleans.Programs;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>A new shop, whose dataset has headers only, with ports and folders of its own.</summary>
internal sealed class EmptyShop : IDisposable
{
    private const string SchemaText =
        """
        {
          "itemFeatures": [ { "name": "item_id", "dimension": 8 }, { "name": "category", "dimension": 8 } ],
          "behaviours": { "events": ["click"], "maxLength": 50 },
          "tasks": [ { "name": "click", "positiveEvents": ["click"] } ]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("empty-shop-").FullName;

    public EmptyShop()
    {
        Directory.CreateDirectory(Dataset);
        File.WriteAllText(Schema, SchemaText);
        File.WriteAllText(Path.Combine(Dataset, "items.csv"), "item_id,category\n");
        File.WriteAllText(Path.Combine(Dataset, "events.csv"), "event_id,user_id,item_id,type,timestamp\n");
    }

    public string Dataset => Path.Combine(_folder, "dataset");

    public string Data => Path.Combine(_folder, "data");

    public string Schema => Path.Combine(Dataset, "schema.json");

    /// <summary>Ports of REST, of silos and of grain clients.</summary>
    public int[] Ports { get; } = FreePort.Take(3);

    /// <summary>Puts this shop's folder and one of its ports into a text.</summary>
    public string Fill(string text) => text
        .Replace("{folder}", _folder, StringComparison.Ordinal)
        .Replace("{port}", Ports[0].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The command line of a program that serves this shop.</summary>
    /// <param name="program">Standalone, Silo, Gateway or Training.</param>
    /// <param name="changed">Options by name that take the place of others or come beside them; null leaves one out.</param>
    public string[] Arguments(string program, IReadOnlyDictionary<string, string?> changed)
    {
        string urls = $"http://127.0.0.1:{Ports[0]}", silo = $"{Ports[1]}", client = $"{Ports[2]}";
        Dictionary<string, string?> options = program switch
        {
            "Standalone" => new() { ["--dataset"] = Dataset, ["--data"] = Data, ["--urls"] = urls, ["--Silo:SiloPort"] = silo, ["--Silo:GatewayPort"] = client },
            "Silo" => new() { ["--Shop:SchemaFile"] = Schema, ["--Silo:DataFolder"] = Data, ["--Silo:SiloPort"] = silo, ["--Silo:GatewayPort"] = client },
            "Training" => new() { ["--TrainingProcess:DataFolder"] = Data },
            _ => new() { ["--urls"] = urls },
        };
        foreach ((string option, string? value) in changed)
        {
            options[option] = value is null ? null : Fill(value);
        }

        return [.. options.Where(o => o.Value is not null).SelectMany(o => (string[])[o.Key, o.Value!])];
    }

    /// <summary>Runs a program in this process to its end.</summary>
    public static async Task<CommandResult> RunAsync(string program, params string[] arguments)
    {
        ServerProgram server = program switch
        {
            "Standalone" => StandaloneProgram.Instance,
            "Silo" => Silo.SiloProgram.Instance,
            "Training" => Training.Service.TrainingProgram.Instance,
            _ => Gateway.GatewayProgram.Instance,
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await server.RunAsync(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
