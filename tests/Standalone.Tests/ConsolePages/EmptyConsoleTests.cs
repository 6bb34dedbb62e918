using System.Net.Http.Headers;
using System.Text;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.Standalone.Tests.Starting;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>The console of a server that has neither items nor users.</summary>
[Trait("Category", "Chromium")]
public sealed class EmptyConsoleTests : IDisposable
{
    private readonly EmptyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Console_OfAnEmptyServer_SaysWhatToDoAndWhatItSaysLeadsToARanking()
    {
        await using Browser browser = await Browser.StartAsync();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(
            Cancellation, "--dataset", _shop.Dataset, "--data", _shop.Data, "--Training:Enabled", "false");
        await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, "/console");
        foreach (string view in (string[])["", "/items", "/try"])
        {
            await page.Page.GotoAsync("/console" + view);
            await Assertions.Expect(page.Page.GetByText("There is nothing to rank yet")).ToBeVisibleAsync();
        }

        await page.Page.GotoAsync("/console/users");
        await Assertions.Expect(page.Page.GetByText("There are no users yet.")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Try it" }).ClickAsync();
        await SendAsync(server, HttpMethod.Put, "/v1/items", await page.Region("Add two items with curl").InnerTextAsync());
        await SendAsync(server, HttpMethod.Post, "/v1/events", await page.Region("Send an event with curl").InnerTextAsync());
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator(".ranked > li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Page.GetByLabel("User id")).ToHaveValueAsync("user-1");
        await Assertions.Expect(page.Page.GetByText("By popularity, until a first version is published")).ToBeVisibleAsync();
        await page.Link("Users").ClickAsync();
        await Assertions.Expect(page.Region("Users").Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(page.Errors);
    }

    /// <summary>Sends the body of a command line that the console shows.</summary>
    private static async Task SendAsync(StandaloneProcess server, HttpMethod method, string path, string command)
    {
        Assert.Contains($"-X {method} '{server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{path}'", command, StringComparison.Ordinal);
        string body = command[(command.IndexOf("-d '", StringComparison.Ordinal) + 4)..command.LastIndexOf('\'')];
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
