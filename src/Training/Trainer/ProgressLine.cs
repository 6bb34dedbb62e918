using System.Globalization;

namespace DinOrleans.Training.Trainer;

/// <summary>Writes the progress of a training: one line per epoch, which a terminal also shows while the epoch is under way.</summary>
/// <param name="output">The writer that takes the lines.</param>
public sealed class ProgressLine(TextWriter output) : IProgress<TrainingProgress>
{
    private const int BarWidth = 30;

    private readonly bool _isTerminal = !Console.IsErrorRedirected;

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
            output.WriteLine(Start + text + validated);
        }
        else if (_isTerminal)
        {
            output.Write(Start + text);
        }
    }

    private string Start => _isTerminal ? "\r\u001b[K" : "";

    private static string Bar(TrainingProgress value)
    {
        int done = value.Steps > 0 ? Math.Min(BarWidth, BarWidth * value.Step / value.Steps) : 0;
        return $"[{new string('#', done)}{new string('.', BarWidth - done)}]";
    }
}
