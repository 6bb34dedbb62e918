using Npgsql;

namespace DinOrleans.Programs.Settings;

/// <summary>The rule of settings that name a PostgreSQL database.</summary>
public static class ConnectionStrings
{
    /// <summary>The rule, worded to come after the setting's name.</summary>
    public const string Rule = "must be a connection string of Npgsql, such as \"Host=db;Username=dinorleans;Database=dinorleans\"";

    /// <summary>True where the text follows the rule. Npgsql's reason is not passed on, because it may hold a piece of a password.</summary>
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
