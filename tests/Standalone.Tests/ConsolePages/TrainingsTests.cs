using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class TrainingsTests(ConsoleFixture console)
{
    /// <summary>How long a small training may take on a busy machine, in milliseconds.</summary>
    private const float Patience = 240_000;

    [Fact]
    public async Task Training_StartedByHand_IsFollowedToItsCurvesAndGates()
    {
        await using ConsolePage page = await console.OpenAsync("/console/trainings");
        await page.Page.GetByLabel("Reason").FillAsync("seen in the console");
        await page.Button("Start").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("hand: seen in the console")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "Loss of training" })).ToBeVisibleAsync(new() { Timeout = Patience });
        await Assertions.Expect(page.Region("Gates").Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = Patience });

        // The log of the sample shop says what was shown, so that scores are probabilities.
        await Assertions.Expect(page.Page.Locator(".card-head .badge")).ToHaveTextAsync("published", new() { Timeout = Patience });
        await page.Page.Locator(".facts dt:text-is('Version') + dd a").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "groups of click" })).ToBeVisibleAsync();
        await page.Page.GoBackAsync();
        await page.Link("All trainings").ClickAsync();
        await Assertions.Expect(page.Region("Trainings").Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(page.Errors);
    }
}
