using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DinOrleans.TestMachine.Contract;

/// <summary>The recorded session of the REST API: requests to a server with the answers that it gave.</summary>
public sealed class SessionFile
{
    private static readonly string Path = RepositoryFolder.Of("src/Gateway/OpenApi/session.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _json;

    private SessionFile(JsonObject json)
    {
        _json = json;
        Exchanges = [.. json["exchanges"]!.AsArray().Select(e => new SessionExchange(e!.AsObject()))];
    }

    /// <summary>The exchanges in the order in which they were recorded.</summary>
    public IReadOnlyList<SessionExchange> Exchanges { get; }

    /// <summary>The key that most requests send.</summary>
    public string Key => (string)_json["key"]!;

    /// <summary>The names of the version that serves and of one that is uploaded.</summary>
    public IReadOnlyList<string> Versions => [.. _json["versions"]!.AsArray().Select(v => (string)v!)];

    /// <summary>Reads the file.</summary>
    public static SessionFile Read() => new(JsonNode.Parse(File.ReadAllText(Path))!.AsObject());

    /// <summary>Finds an exchange by its name.</summary>
    public SessionExchange Find(string name) => Exchanges.Single(e => e.Name == name);

    /// <summary>Writes the file with the answers that were recorded.</summary>
    public void Write() => File.WriteAllText(Path, Text(_json) + "\n");

    /// <summary>JSON as people read it.</summary>
    public static string Text(JsonNode json) => json.ToJsonString(Indented);
}
