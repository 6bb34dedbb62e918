using DinOrleans.Programs.Settings;

namespace DinOrleans.Programs.Starting;

/// <summary>
/// A check that runs before a program starts. Checks run in the order in which they were registered, before any service of the host is
/// created. The first one that fails ends the program with its message as one line and exit code 1.
/// </summary>
public interface IStartCheck
{
    /// <summary>Runs the check.</summary>
    /// <exception cref="SettingException">The program cannot start; the message names the setting to change.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
