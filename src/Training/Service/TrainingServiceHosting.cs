using DinOrleans.Contracts.Trainings;
using DinOrleans.Training.Log;
using DinOrleans.Training.Service.Attempts;
using DinOrleans.Training.Service.Gates;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Training.Service;

/// <summary>Registers the training service.</summary>
public static class TrainingServiceHosting
{
    /// <summary>Adds the service to a process that has the shop's stores and an <see cref="IGrainFactory"/>. It begins once <see cref="TrainingStart"/> is open.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="dataFolder">Keeps what trainings under way need in its folder <c>trainings</c>. All processes that train see it.</param>
    /// <param name="isOnly">True where no other process can be training, since this one holds the folder's lock.</param>
    public static IServiceCollection AddTrainingService(this IServiceCollection services, string dataFolder, bool isOnly)
    {
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GateOptions>().BindConfiguration(GateOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new TrainingWorker($"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}", isOnly));
        services.AddSingleton(new WorkFolders(Path.Combine(Path.GetFullPath(dataFolder), "trainings")));
        services.AddSingleton<TrainingLogReader>();
        services.AddSingleton<LogSize>();
        services.AddSingleton<TrainingStart>();
        services.AddSingleton<PositiveCount>();
        services.AddSingleton<VersionPublisher>();
        services.AddSingleton<GateMeasures>();
        services.AddSingleton<VersionRun>();
        services.AddSingleton<TrainingAttempt>();
        services.AddHostedService<TrainingService>();
        return services;
    }
}
