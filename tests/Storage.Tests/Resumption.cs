using DinOrleans.Contracts;
using DinOrleans.TestMachine;

namespace DinOrleans.Storage.Tests;

/// <summary>Waits for a store that takes no calls now.</summary>
internal static class Resumption
{
    /// <summary>Calls until the store takes the call.</summary>
    /// <returns>The call's answer.</returns>
    public static async Task<T> ResumedAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        T answer = default!;
        await Eventually.BecomesAsync<StoreUnavailableException?>(
            "the store takes the call",
            async () =>
            {
                try
                {
                    answer = await call();
                    return null;
                }
                catch (StoreUnavailableException e)
                {
                    return e;
                }
            },
            failure => failure is null,
            cancellationToken: cancellationToken);
        return answer;
    }
}
