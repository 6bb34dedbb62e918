using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Grains.Trainings;

/// <summary>Registers the rules of the queue of trainings.</summary>
internal static class TrainingsSiloBuilderExtensions
{
    public static ISiloBuilder AddTrainings(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddCheckedOptions<TrainingQueueOptions>(configuration, TrainingQueueOptions.Section);
        return silo;
    }
}
