using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Service.Attempts;
using Microsoft.Extensions.Options;

namespace DinOrleans.Standalone.Shop;

/// <summary>Has the training service train the shop's first version, or go on with the training that an earlier start began.</summary>
public sealed class FirstTraining(IGrainFactory grains, PatientCalls calls, ConsoleTraining console, IOptions<TrainingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a first version was published, or an attempt has failed. The service then tries again by itself.</summary>
    /// <returns>The version; null where there is none. The shop then goes on as it is, by popularity.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            Console.WriteLine($"{TrainingOptions.Section}:{nameof(TrainingOptions.Enabled)} is false: rankings are by popularity until a version is published.");
            return null;
        }

        TrainingInfo training = await EndAsync(cancellationToken).ConfigureAwait(false);
        console.BeQuiet();
        if (training.State == TrainingState.Published)
        {
            return training.Version;
        }

        string next = training.NotBefore is null ? "The next start tries again" : $"It is tried again within {Minutes(training.NotBefore.Value)} min";
        await Console.Error.WriteLineAsync(
            $"error: no version was trained, and rankings stay by popularity: {training.Error} {next}; \"train\" of src/Cli takes options, and --artifact serves what it makes.").ConfigureAwait(false);
        return null;
    }

    private double Minutes(DateTimeOffset moment) => Math.Max(1, Math.Ceiling((moment - time.GetUtcNow()).TotalMinutes));

    private async Task<TrainingInfo> EndAsync(CancellationToken cancellationToken)
    {
        ITrainingGrain trainings = grains.GetGrain<ITrainingGrain>(0);
        TrainingInfo training = await calls.CallAsync(() => trainings.StartAsync(new(TrainingTrigger.FirstStart), cancellationToken), cancellationToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(PollPeriod, time);
        while (training.EndedAt is null && training is not { State: TrainingState.Waiting, NotBefore: not null })
        {
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            training = await calls.CallAsync(() => trainings.GetAsync(training.Id, cancellationToken), cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidContentException($"Training {training.Id} is gone.");
        }

        return training;
    }
}
