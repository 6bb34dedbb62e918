using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DinOrleans.Client.Tests;

public sealed class ClientRegistrationTests
{
    [Fact]
    public async Task AddDinOrleansClient_Address_GivesTheClientAndTheSender()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDinOrleansClient(o => o.Address = new Uri("http://localhost:5000"));
        using IHost host = builder.Build();

        Assert.IsType<DinOrleansClient>(host.Services.GetRequiredService<IDinOrleansClient>());
        await host.Services.GetRequiredService<EventSender>().DisposeAsync();
    }

    [Theory]
    [InlineData(null, "The Address field is required.")]
    [InlineData("shop", "Address must be an absolute http or https address.")]
    [InlineData("ftp://shop", "Address must be an absolute http or https address.")]
    public async Task AddDinOrleansClient_WrongAddress_FailsAtTheStart(string? address, string said)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDinOrleansClient(o => o.Address = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute));
        using IHost host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
