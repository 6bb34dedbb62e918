using DinOrleans.Programs;
using DinOrleans.Programs.Monitoring;
using DinOrleans.Silo.Monitoring;
using Microsoft.Extensions.Hosting;

namespace DinOrleans.Silo;

/// <summary>The silo as a program.</summary>
public static class SiloProgram
{
    /// <summary>The command line and composition of the program.</summary>
    public static ServerProgram Instance { get; } = new(
        new("DinOrleans.Silo", "Serves users, items and model versions to gateways and grain clients, as a member of a cluster.", [], ProgramUsage.AnyHost),
        arguments =>
        {
            HostApplicationBuilder builder = Host.CreateApplicationBuilder(arguments.ForConfiguration);
            builder.AddMonitoring<SiloReadiness>();
            builder.AddDinOrleansSilo();
            return (builder, builder.Build);
        });
}
