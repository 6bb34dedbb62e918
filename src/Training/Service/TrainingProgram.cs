using DinOrleans.ClusterClient;
using DinOrleans.Programs;
using DinOrleans.Programs.Monitoring;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DinOrleans.Training.Service;

/// <summary>The training service as a program of its own, for a cluster on PostgreSQL.</summary>
public static class TrainingProgram
{
    /// <summary>Its command line and composition.</summary>
    public static ServerProgram Instance { get; } = new(
        new("DinOrleans.Training", "Trains model versions for a cluster from its log, and publishes those that prove themselves.", [], ProgramUsage.AnyHost),
        arguments =>
        {
            HostApplicationBuilder builder = Host.CreateApplicationBuilder(arguments.ForConfiguration);
            builder.AddMonitoring<ClusterReadiness>();
            builder.AddDinOrleansGrainClient();
            builder.AddTrainingProcess();
            return (builder, builder.Build);
        });

    private static void AddTrainingProcess(this HostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<TrainingProcessOptions>().BindConfiguration(TrainingProcessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        ClusterClientOptions cluster = SettingsSection.Read<ClusterClientOptions>(builder.Configuration);
        string folder = SettingsSection.Read<TrainingProcessOptions>(builder.Configuration).DataFolder;
        services.AddSingleton<IStartCheck, TrainingProcessCheck>();

        // Where another membership is set, the check ends the start before anything connects.
        services.AddPostgresStorage(cluster.ConnectionString ?? "Host=localhost", folder, removes: false);
        services.AddTrainingService(folder, isOnly: false);
        services.AddHostedService<TrainingAtOnce>();
    }

    /// <summary>A cluster's log is what it is: nothing has to be loaded first.</summary>
    private sealed class TrainingAtOnce(TrainingStart start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            start.Open();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
