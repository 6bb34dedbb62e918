using DinOrleans.Gateway;
using DinOrleans.Programs;
using DinOrleans.Silo;
using DinOrleans.Standalone.Shop;

namespace DinOrleans.Standalone;

/// <summary>Silo, gateway and training of one shop as a program.</summary>
public static class StandaloneProgram
{
    /// <summary>The command line and composition of the program.</summary>
    public static ServerProgram Instance { get; } = new(StandaloneArguments.Usage, arguments =>
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = arguments.ForConfiguration, ContentRootPath = AppContext.BaseDirectory });
        builder.AddShop(StandaloneArguments.Read(arguments, builder.Configuration));
        builder.AddDinOrleansSilo();
        builder.AddGateway();
        return (builder, () => builder.Build().MapGateway());
    });
}
