using System.Globalization;
using DinOrleans.Programs.Terminal;

namespace DinOrleans.Training.Trainer;

/// <summary>Writes the progress of a training: one line per epoch, which is also shown while the epoch is under way.</summary>
/// <param name="line">The line that shows it.</param>
public sealed class ProgressLine(LiveLine line) : IProgress<TrainingProgress>
{
    private const int BarWidth = 30;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs} {Bar(value)} loss {value.Loss:F4} {value.SamplesPerSecond:N0} samples/s");
        if (value.EndsEpoch)
        {
            string validated = value.Validation is not { } validation ? "" : string.Create(
                CultureInfo.InvariantCulture, $" AUC {validation.Auc:F4} GAUC {validation.Gauc:F4} log loss {validation.LogLoss:F4}");
            line.Keep(text + validated);
        }
        else
        {
            line.Show(text);
        }
    }

    private static string Bar(TrainingProgress value)
    {
        int done = value.Steps > 0 ? Math.Min(BarWidth, BarWidth * value.Step / value.Steps) : 0;
        return $"[{new string('#', done)}{new string('.', BarWidth - done)}]";
    }
}
