using System.Net.Http.Json;
using DinOrleans.Standalone.Tests.Processes;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class ModelsTests(ConsoleFixture console)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_TwoPublished_AreComparedExperimentedWithAndActivated()
    {
        string folder = console.WriteVersion(seed: 7);
        string second = Path.GetFileName(folder);
        (await Commands.RunAsync("Cli", Cancellation, "publish", folder, "--to", console.Http.BaseAddress!.AbsoluteUri)).Succeeded();

        await using ConsolePage page = await console.OpenAsync("/console/models");
        await Assertions.Expect(page.Region("Versions").Locator("tbody tr", new() { HasText = console.Version })).ToContainTextAsync("active");
        await page.Page.GetByLabel($"Compare {console.Version}").CheckAsync();
        await page.Page.GetByLabel($"Compare {second}").CheckAsync();
        await page.Link("Compare the two").ClickAsync();
        await Assertions.Expect(page.Heading("Compare two versions")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText("The two have the same options.")).ToBeVisibleAsync();

        // A published version is rolled out by an experiment of its own.
        string experiment = $"rollout.{second}";
        await page.Link("Experiments").ClickAsync();
        await page.Link(experiment).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".ramp-steps .now")).ToHaveTextAsync("shadow");
        await Assertions.Expect(page.Region("Arms").Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Region("Guards")).ToContainTextAsync("CTR");
        await page.Button("Stop …").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".lead .badge")).ToHaveTextAsync("stopped");

        await page.Page.GotoAsync($"/console/models/{second}");
        await page.Button("Activate …").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".lead .badge")).ToHaveTextAsync("active");
        await Assertions.Expect(page.Region("The model's options")).ToContainTextAsync("attention");
        await Assertions.Expect(page.Page.GetByText("There is no plot of this version.")).ToBeVisibleAsync();

        // The other tests look at the version that the server was started with.
        await page.Page.GotoAsync($"/console/models/{console.Version}");
        await page.Button("Activate …").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".lead .badge")).ToHaveTextAsync("active");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task RollOut_ThatWaits_SaysWhyAndIsStopped()
    {
        const string mine = "/v1/experiments/of-a-person";
        await console.EndExperimentsAsync();
        (await console.Http.PutAsJsonAsync(mine, new { mode = "split", arms = new[] { new { name = "drawn", share = 100, temperature = 0.05 } } }, Cancellation)).EnsureSuccessStatusCode();
        string folder = console.WriteVersion(seed: 8);
        (await Commands.RunAsync("Cli", Cancellation, "publish", folder, "--to", console.Http.BaseAddress!.AbsoluteUri)).Succeeded();

        await using ConsolePage page = await console.OpenAsync($"/console/experiments/rollout.{Path.GetFileName(folder)}");
        await Assertions.Expect(page.Page.Locator(".lead .badge")).ToHaveTextAsync("waiting");
        await Assertions.Expect(page.Heading("Why it waits", level: 2)).ToBeVisibleAsync();
        await Assertions.Expect(page.Button("Promote …")).ToHaveCountAsync(0);
        await page.Button("Stop …").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".lead .badge")).ToHaveTextAsync("stopped");
        await Assertions.Expect(page.Heading("Why it ended", level: 2)).ToBeVisibleAsync();

        (await console.Http.PostAsJsonAsync($"{mine}/stop", new { }, Cancellation)).EnsureSuccessStatusCode();
        Assert.Empty(page.Errors);
    }
}
