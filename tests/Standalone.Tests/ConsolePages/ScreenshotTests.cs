using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>
/// Takes pictures of the sample shop's console. With DINORLEANS_SCREENSHOTS=docs it takes those of the documentation again. Any other value is a folder,
/// which gets every view in light, in dark and at the width of a phone.
/// </summary>
[Trait("Category", "Slow")]
[Trait("Category", "Chromium")]
public sealed class ScreenshotTests : IDisposable
{
    private const string Switch = "DINORLEANS_SCREENSHOTS";
    private const string Experiment = "drawn-order";

    /// <summary>How many shown items are measured before pictures are taken.</summary>
    private const int Shown = 3_000;

    private static readonly string[] OfDocs = ["overview", "overview-dark", "try", "try-phone", "item", "version", "experiment"];

    /// <summary>Each view by its name, with its address and what is there once it has loaded.</summary>
    private static readonly (string Name, string Path, string Ready)[] Views =
    [
        ("overview", "/console", ".plot"),
        ("try", "/console/try?user={user}", "table.heat"),
        ("users", "/console/users", "tbody tr"),
        ("user", "/console/users/{user}", ".timeline > li"),
        ("items", "/console/items?order=popular", "tbody tr"),
        ("item", "/console/items/{item}", ".plot"),
        ("models", "/console/models", "tbody tr"),
        ("version", "/console/models/{version}", ".plot"),
        ("trainings", "/console/trainings", "tbody tr"),
        ("training", "/console/trainings/{training}", ".plot"),
        ("experiments", "/console/experiments", "tbody tr"),
        ("experiment", $"/console/experiments/{Experiment}", "tbody tr"),
        ("system", "/console/system", "tbody tr"),
    ];

    private static readonly (string Name, ViewportSize Size, ColorScheme Colours)[] Forms =
    [
        ("", new() { Width = 1280, Height = 900 }, ColorScheme.Light),
        ("-dark", new() { Width = 1280, Height = 900 }, ColorScheme.Dark),
        ("-phone", new() { Width = 390, Height = 844 }, ColorScheme.Light),
    ];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Console_OfTheSampleShop_IsPictured()
    {
        string? wanted = Environment.GetEnvironmentVariable(Switch);
        Assert.SkipUnless(wanted is not null, $"{Switch}=docs takes the pictures of the documentation again, {Switch}=FOLDER those of every view.");
        bool isDocs = wanted == "docs";
        string target = isDocs ? RepositoryFolder.Of("docs/images") : wanted!;
        Directory.CreateDirectory(target);
        await using Browser browser = await Browser.StartAsync();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, "--data", _folder.Path);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        (await server.Http.PutAsJsonAsync(
            $"/v1/experiments/{Experiment}",
            new { mode = "split", arms = new[] { new { name = "drawn", share = 20, temperature = 0.05 } }, guards = new[] { new { measure = "ctr", limit = 0.05 } } },
            Cancellation)).EnsureSuccessStatusCode();
        using Process shoppers = Process.Start(Commands.Start(
            "Cli", "shoppers", "--url", server.Http.BaseAddress!.AbsoluteUri, "--shop", _folder["sample-shop"], "--rate", "20", "--duration", "900", "--report", "0"))!;
        try
        {
            await server.WaitAsync("/v1/overview", HasEnough, Cancellation);
            IReadOnlyDictionary<string, string> ids = await IdsAsync(server);
            foreach ((string form, ViewportSize size, ColorScheme colours) in Forms)
            {
                foreach ((string name, string path, string ready) in Views.Where(v => !isDocs || OfDocs.Contains(v.Name + form)))
                {
                    string address = ids.Aggregate(path, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
                    await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, address, size, colours);
                    await Assertions.Expect(page.Page.Locator(ready).First).ToBeVisibleAsync();
                    await Assertions.Expect(page.Page.Locator(".placeholder")).ToHaveCountAsync(0);
                    await page.Page.ScreenshotAsync(new() { Path = Path.Combine(target, $"console-{name}{form}.png"), FullPage = true });
                    Assert.Empty(page.Errors);
                }
            }
        }
        finally
        {
            shoppers.Kill(entireProcessTree: true);
        }
    }

    private static bool HasEnough(string overview) =>
        JsonElement.Parse(overview).TryGetProperty("clicks", out JsonElement clicks) && clicks.GetProperty("hours").EnumerateArray().Sum(h => h.GetProperty("shown").GetInt64()) > Shown;

    /// <summary>The ids of what the pictures show: a user of the shop, its most popular item, and the first version with its training.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> IdsAsync(StandaloneProcess server)
    {
        JsonElement popular = default;
        await server.WaitAsync("/v1/items?order=popular&limit=1", body => (popular = JsonElement.Parse(body)).GetProperty("items").GetArrayLength() > 0, Cancellation);
        JsonElement models = JsonElement.Parse(await server.Http.GetStringAsync("/v1/models", Cancellation));
        JsonElement trainings = JsonElement.Parse(await server.Http.GetStringAsync("/v1/trainings", Cancellation));
        return new Dictionary<string, string>
        {
            ["user"] = "user-17",
            ["item"] = popular.GetProperty("items")[0].GetProperty("itemId").GetString()!,
            ["version"] = models.GetProperty("active").GetString()!,
            ["training"] = trainings.GetProperty("trainings")[0].GetProperty("id").GetString()!,
        };
    }
}
