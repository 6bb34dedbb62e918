using System.Text.Json;
using System.Text.RegularExpressions;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.ConsoleSources;

/// <summary>
/// The console has the types of the API from clients/typescript/src/schema.ts, which is generated from docs/openapi.json. A type that is written by hand
/// beside them would go on to compile when the API has changed.
/// </summary>
public sealed class ApiTypeTests
{
    private static readonly IReadOnlyDictionary<string, string> Sources = Directory
        .EnumerateFiles(RepositoryFolder.Of("src/Console/src"), "*.ts*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(RepositoryFolder.Of("src/Console/src"), f).Replace('\\', '/'), File.ReadAllText);

    private static readonly IReadOnlyDictionary<string, string[]> Described = JsonElement
        .Parse(File.ReadAllText(RepositoryFolder.Of("docs/openapi.json"))).GetProperty("components").GetProperty("schemas").EnumerateObject()
        .Where(s => s.Value.TryGetProperty("properties", out _))
        .ToDictionary(s => s.Name, s => s.Value.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToArray());

    [Fact]
    public void Records_OfTheConsole_AreNotThoseOfTheApi()
    {
        IEnumerable<string> copies = from source in Sources
                                     from record in TypeScriptRecord.Of(source.Value)
                                     let original = OriginalOf(record)
                                     where original is not null
                                     select $"{source.Key}: take {record.Name} from the generated {original}";
        Assert.Empty(copies);
    }

    [Theory]
    [InlineData("export interface Item { itemId: string; features: Features }", true)]
    [InlineData("interface Part<T> {\n  /** At: this time. */\n  at: string;\n  cluster: { silos: number; name: string };\n}", true)]
    [InlineData("type Body = { userId: string, candidates: { itemId: string }[], explain?: true };", true)]
    [InlineData("interface Props { itemId: string; onChange: (itemId: string) => void }", false)]
    [InlineData("interface Props { version: string }", false)]
    [InlineData("type Item = Schemas['FoundItem'];", false)]
    public void Record_IsACopy_WhereARecordOfTheApiHasAllOfItsMembers(string source, bool isCopy) =>
        Assert.Equal(isCopy, TypeScriptRecord.Of(source).Any(r => OriginalOf(r) is not null));

    [Fact]
    public void Requests_OfTheConsole_AreSentAndReadInOnePlace() =>
        Assert.Equal(["api/client.ts"], Sources.Where(s => Regex.IsMatch(s.Value, @"\b(fetch|XMLHttpRequest|EventSource)\(|\.json\(\)|JSON\.parse\(")).Select(s => s.Key));

    [Fact]
    public void Types_OfTheConsole_AreNeverGivenUp() =>
        Assert.DoesNotContain(Sources, s => Regex.IsMatch(s.Value, @"\bas (any|unknown)\b|[:<] ?any\b|@ts-(ignore|nocheck|expect-error)"));

    [Fact]
    public void Build_OfTheConsole_ChecksTypesFirst()
    {
        JsonElement package = JsonElement.Parse(File.ReadAllText(RepositoryFolder.Of("src/Console/package.json")));
        Assert.StartsWith("tsc --noEmit && ", package.GetProperty("scripts").GetProperty("build").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The record of the API that has all members of another record; null for none. One member alone says too little.</summary>
    private static string? OriginalOf(TypeScriptRecord record) =>
        record.Members.Count < 2 ? null : Described.FirstOrDefault(d => record.Members.All(d.Value.Contains)).Key;
}
