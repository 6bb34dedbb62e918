using System.Globalization;
using DinOrleans.Client;
using DinOrleans.Programs.Terminal;

namespace DinOrleans.Cli.Publishing;

/// <summary>Says how much of a version was sent.</summary>
/// <param name="line">The line that shows it.</param>
internal sealed class UploadLine(LiveLine line) : IProgress<UploadProgress>
{
    private const double Megabyte = 1 << 20;

    public void Report(UploadProgress value)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"sent {value.SentBytes / Megabyte:N1} of {value.TotalBytes / Megabyte:N1} MiB");
        if (value.SentBytes == value.TotalBytes)
        {
            line.Keep(text + "; the server verifies the version");
        }
        else
        {
            line.Show(text);
        }
    }
}
