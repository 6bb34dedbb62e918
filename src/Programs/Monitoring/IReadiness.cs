namespace DinOrleans.Programs.Monitoring;

/// <summary>Says whether a program that has started can do its work now.</summary>
public interface IReadiness
{
    /// <summary>Returns null where the program can do its work, and otherwise the reason why it cannot, as a sentence.</summary>
    Task<string?> ReasonAgainstAsync(CancellationToken cancellationToken);
}
