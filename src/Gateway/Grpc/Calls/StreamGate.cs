using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Grpc.Calls;

/// <summary>Asks again, with each message of a stream, whether its caller may go on. A key that was revoked ends its streams.</summary>
internal sealed class StreamGate(AccessGate gate, AuthInstruments instruments, TimeProvider time)
{
    /// <summary>Counts a message of a stream as a request of its caller. It waits where the caller has sent more than it may per second.</summary>
    /// <exception cref="ProblemException">The caller may not go on.</exception>
    public async Task AdmitAgainAsync(HttpContext http, CancellationToken cancellationToken)
    {
        Access access = http.GetEndpoint()?.Metadata.GetMetadata<Access>() ?? Access.Unmarked;
        Identified admitted = await gate.AdmitAsync(http, access);
        while (admitted.Denial is { Reason: Denial.Rate, RetryAfter: { } wait })
        {
            await Task.Delay(wait, time, cancellationToken);
            admitted = await gate.AdmitAsync(http, access);
        }

        if (admitted.Denial is { } denial)
        {
            instruments.Denied(denial.Reason);
            throw new ProblemException(denial.ToProblem());
        }

        http.Features.Set(admitted.Caller);
    }
}
