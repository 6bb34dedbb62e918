namespace DinOrleans.Contracts.Keys;

/// <summary>The scopes of the REST API: what a key or token may do. No scope includes another one.</summary>
public static class ApiScopes
{
    /// <summary>Rank for any user.</summary>
    public const string Rank = "rank";

    /// <summary>Append events of any user, and replace profiles.</summary>
    public const string Events = "events";

    /// <summary>Add and replace items.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>Read everything that is held about any user.</summary>
    public const string UsersRead = "users.read";

    /// <summary>Erase any user.</summary>
    public const string UsersErase = "users.erase";

    /// <summary>See, publish and activate model versions.</summary>
    public const string Models = "models";

    /// <summary>See and run experiments, and choose the arm of a ranking.</summary>
    public const string Experiments = "experiments";

    /// <summary>See and start trainings.</summary>
    public const string Training = "training";

    /// <summary>See, make and revoke keys, of any scope.</summary>
    public const string Admin = "admin";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [Rank, Events, Catalogue, UsersRead, UsersErase, Models, Experiments, Training, Admin];
}
