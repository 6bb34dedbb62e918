namespace DinOrleans.Programs.Starting;

/// <summary>
/// Something that must be so before a program starts. Checks run in the order in which they were registered, before any service of
/// the host is made; the first that fails ends the program with its message as one line and exit code 1.
/// </summary>
public interface IStartCheck
{
    /// <exception cref="SettingException">The program cannot start; the message names the setting to change.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
