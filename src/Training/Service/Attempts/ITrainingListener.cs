using DinOrleans.Contracts.Trainings;
using DinOrleans.Training.Log;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>Hears what the training service of this process does, for example to print it. Calls come from any thread, one at a time.</summary>
public interface ITrainingListener
{
    /// <summary>An attempt has read its log and begins to train.</summary>
    void Begins(TrainingInfo training, TrainingLog log);

    /// <summary>An attempt is so far.</summary>
    void Progresses(TrainingInfo training, TrainingProgress progress);
}
