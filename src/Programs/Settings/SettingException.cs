namespace DinOrleans.Programs.Settings;

/// <summary>A setting or option has a value with which the program cannot run. The program ends with the message and exit code 1.</summary>
public sealed class SettingException : Exception
{
    /// <param name="message">One line that names the setting, its value and the rule.</param>
    /// <param name="cause">The error that revealed it, if there was one.</param>
    public SettingException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <param name="setting">The setting's full name, such as <c>Silo:SiloPort</c>.</param>
    /// <param name="value">The value of the setting; null where it is not set.</param>
    /// <param name="rule">The rule that the value breaks, such as "must be from 1 to 65535".</param>
    /// <param name="cause">The error that revealed it, if there was one.</param>
    public SettingException(string setting, string? value, string rule, Exception? cause = null)
        : base($"{setting} {(value is null ? "is not set" : $"is \"{value}\"")}: it {rule}.", cause)
    {
    }
}
