using DinOrleans.ClusterClient;
using DinOrleans.Programs;

namespace DinOrleans.Gateway;

/// <summary>The gateway as a program.</summary>
public static class GatewayProgram
{
    /// <summary>The command line and composition of the program.</summary>
    public static ServerProgram Instance { get; } = new(
        new("DinOrleans.Gateway", "Serves the REST API in front of a cluster's silos.", [], ProgramUsage.WebHost),
        arguments =>
        {
            WebApplicationBuilder builder = WebApplication.CreateBuilder(arguments.ForConfiguration);
            builder.AddDinOrleansGrainClient();
            builder.AddGateway();
            return (builder, () => builder.Build().MapGateway());
        });
}
