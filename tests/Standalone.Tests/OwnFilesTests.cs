using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests;

/// <summary>The whole way with files of one's own and without an option about them: init, train, serve, and a ranking.</summary>
[Trait("Category", "Slow")]
public sealed class OwnFilesTests : IDisposable
{
    private const int Customers = 40;
    private const int Articles = 30;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GermanExport_WithoutOptions_IsRankedByAModel()
    {
        string orders = WriteExport(), shop = _folder["shop"];
        string said = (await Commands.RunAsync("Cli", Cancellation, "init", orders, _folder["artikel.csv"], "--out", shop)).Succeeded();
        Assert.Contains("User: column Kundennummer", said, StringComparison.Ordinal);
        Assert.Contains("Left out: no rows.", said, StringComparison.Ordinal);

        string trained = (await Commands.RunAsync("Cli", Cancellation,
            "train", "--dataset", shop, "--out", _folder["versions"], "--epochs", "1", "--threads", "1",
            "--options", """{ "din": { "options": { "attentionUnits": [8], "topUnits": [8] } } }""")).Succeeded().Trim();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, "--dataset", shop, "--artifact", trained, "--data", _folder["data"]);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);

        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "K3", candidates = new[] { new { itemId = "A-1" }, new { itemId = "A-2" } } }, Cancellation);
        JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("model", ranking.GetProperty("source").GetString());
        Assert.True(ranking.GetProperty("historyLength").GetInt32() > 0, ranking.ToString());
        Assert.Equal(2, ranking.GetProperty("items").GetArrayLength());
    }

    /// <summary>Orders and articles with semicolons, decimal commas, local times and umlauts in Latin-1.</summary>
    private string WriteExport()
    {
        var german = CultureInfo.InvariantCulture;
        var orders = new StringBuilder("Kundennummer;Artikelnummer;Bestelldatum;Menge;Land\n");
        for (int i = 0; i < Customers * 8; i++)
        {
            int customer = i % Customers;
            string time = new DateTime(2025, 1, 13, 9, 0, 0).AddMinutes(i * 137).ToString("dd.MM.yyyy HH:mm", german);
            orders.Append(german, $"K{customer};A-{((customer * 3) + (i / Customers * 7)) % Articles};{time};{(i % 3) + 1};{(customer % 2 == 0 ? "Österreich" : "Deutschland")}\n");
        }

        var articles = new StringBuilder("Artikelnummer;Bezeichnung;Warengruppe;Preis\n");
        for (int i = 0; i < Articles; i++)
        {
            articles.Append(german, $"A-{i};Gerät {i};{(i % 3 == 0 ? "Küche" : "Büro")};{i},{i % 10}9\n");
        }

        File.WriteAllText(_folder["artikel.csv"], articles.ToString(), Encoding.Latin1);
        File.WriteAllText(_folder["bestellungen.csv"], orders.ToString(), Encoding.Latin1);
        return _folder["bestellungen.csv"];
    }
}
