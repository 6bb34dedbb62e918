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
    private const string Experiments = "experiment";
    private const string Experiment = "drawn-order";

    /// <summary>How many shown items of the active version, and rankings of the experiment, are measured before pictures are taken.</summary>
    private const int Shown = 1_500;
    private const int Measured = 1_000;

    private static readonly string[] OfDocs = ["overview-dark", "overview-phone", "try", "item", "version", "experiment"];

    /// <summary>Each view by its name, with its address and what is there once it has loaded.</summary>
    private static readonly View[] Views =
    [
        new("overview", "/console", ".plot"),
        new("try", "/console/try?user={user}", "table.heat"),
        new("users", "/console/users", "tbody tr"),
        new("user", "/console/users/{user}", ".timeline > li"),
        new("items", "/console/items?order=popular", "tbody tr"),
        new("item", "/console/items/{item}", ".plot"),
        new("models", "/console/models", "tbody tr"),
        new("version", "/console/models/{version}", ".plot"),
        new("trainings", "/console/trainings", "tbody tr"),
        new("training", "/console/trainings/{training}", ".plot"),
        new("experiments", "/console/experiments", "tbody tr"),
        new("experiment", $"/console/experiments/{Experiment}", "tbody tr"),
        new("system", "/console/system", "tbody tr"),
    ];

    private static readonly Form[] Forms =
    [
        new("", new() { Width = 1280, Height = 900 }, ColorScheme.Light),
        new("-dark", new() { Width = 1280, Height = 900 }, ColorScheme.Dark),
        new("-phone", new() { Width = 390, Height = 844 }, ColorScheme.Light),
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
        (View View, Form Form)[] pictures = [.. from form in Forms from view in Views where !isDocs || OfDocs.Contains(view.Name + form.Suffix) select (view, form)];
        await using Browser browser = await Browser.StartAsync();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, "--data", _folder.Path);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        using Process shoppers = Process.Start(Commands.Start(
            "Cli", "shoppers", "--url", server.Http.BaseAddress!.AbsoluteUri, "--shop", _folder["sample-shop"], "--rate", "20", "--duration", "900", "--report", "0"))!;
        try
        {
            await server.WaitAsync("/v1/overview", HasEnough, Cancellation);
            IReadOnlyDictionary<string, string> ids = await IdsAsync(server);
            await TakeAsync(browser, server, target, ids, [.. pictures.Where(p => !p.View.Name.StartsWith(Experiments, StringComparison.Ordinal))]);

            // All users are in the experiment from here on, so the overview would measure nobody.
            (await server.Http.PutAsJsonAsync(
                $"/v1/experiments/{Experiment}",
                new { mode = "split", arms = new[] { new { name = "drawn", share = 20, temperature = 0.05 } }, guards = new[] { new { measure = "ctr", limit = 0.05 } } },
                Cancellation)).EnsureSuccessStatusCode();
            await server.WaitAsync($"/v1/experiments/{Experiment}", body => Rankings(body) > Measured, Cancellation);
            await TakeAsync(browser, server, target, ids, [.. pictures.Where(p => p.View.Name.StartsWith(Experiments, StringComparison.Ordinal))]);
        }
        finally
        {
            shoppers.Kill(entireProcessTree: true);
        }
    }

    private static async Task TakeAsync(
        Browser browser, StandaloneProcess server, string folder, IReadOnlyDictionary<string, string> ids, IReadOnlyList<(View View, Form Form)> pictures)
    {
        foreach ((View view, Form form) in pictures)
        {
            string path = ids.Aggregate(view.Path, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
            await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, path, form.Size, form.Colours);
            await Assertions.Expect(page.Page.Locator(view.Ready).First).ToBeVisibleAsync();
            await Assertions.Expect(page.Page.Locator(".placeholder")).ToHaveCountAsync(0);
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"console-{view.Name}{form.Suffix}.png"), FullPage = true });
            Assert.Empty(page.Errors);
        }
    }

    private static long Rankings(string experiment) =>
        JsonElement.Parse(experiment).GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("rankings").GetInt64());

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

    /// <summary>A view of the console.</summary>
    /// <param name="Name">Its part of the picture's name.</param>
    /// <param name="Path">Its address, with names in braces in the place of ids.</param>
    /// <param name="Ready">A selector of what is there once it has loaded.</param>
    private sealed record View(string Name, string Path, string Ready);

    /// <summary>How a view is looked at.</summary>
    /// <param name="Suffix">What the picture's name ends with.</param>
    /// <param name="Size">The size of the window.</param>
    /// <param name="Colours">The colours that the system prefers.</param>
    private sealed record Form(string Suffix, ViewportSize Size, ColorScheme Colours);
}
