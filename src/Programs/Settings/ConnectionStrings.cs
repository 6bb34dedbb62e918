using Npgsql;

namespace DinOrleans.Programs.Settings;

/// <summary>The rule of settings that name a PostgreSQL database.</summary>
public static class ConnectionStrings
{
    /// <summary>The rule, as it follows the setting's name.</summary>
    public const string Rule = "must be a connection string of Npgsql, such as \"Host=db;Username=dinorleans;Database=dinorleans\"";

    /// <summary>True where the text keeps the rule. Why it does not is not told: the reason may hold a piece of a password.</summary>
    public static bool IsValid(string? text)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
