using DinOrleans.Contracts.Trainings;
using DinOrleans.Programs.Terminal;
using DinOrleans.Training.Log;
using DinOrleans.Training.Service.Attempts;
using DinOrleans.Training.Trainer;
using Microsoft.Extensions.Options;

namespace DinOrleans.Standalone.Shop;

/// <summary>Prints how the first training goes. Later ones are told by the REST API.</summary>
public sealed class ConsoleTraining(IOptions<TrainingOptions> options) : ITrainingListener
{
    private readonly ProgressLine _line = new(LiveLine.OfOutput());
    private volatile bool _isQuiet;

    /// <summary>Prints nothing from now on.</summary>
    public void BeQuiet() => _isQuiet = true;

    /// <inheritdoc/>
    public void Begins(TrainingInfo training, TrainingLog log)
    {
        if (Tells(training))
        {
            Console.WriteLine(
                $"Training {options.Value.Model.ToUpperInvariant()} on {log.Events.Item.Length:N0} events of {log.UserIds.Count:N0} users; rankings are by popularity meanwhile.");
        }
    }

    /// <inheritdoc/>
    public void Progresses(TrainingInfo training, TrainingProgress progress)
    {
        if (Tells(training))
        {
            _line.Report(progress);
        }
    }

    private bool Tells(TrainingInfo training) => training.Trigger == TrainingTrigger.FirstStart && !_isQuiet;
}
