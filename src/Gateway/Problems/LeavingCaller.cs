using Microsoft.AspNetCore.Connections;

namespace DinOrleans.Gateway.Problems;

/// <summary>Tells the errors of callers that leave from others.</summary>
internal static class LeavingCaller
{
    /// <summary>True where an exception says no more than that the reader of the answer, or the sender of the body, has left.</summary>
    public static bool IsMeantBy(HttpContext http, Exception exception) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        OperationCanceledException or IOException => http.RequestAborted.IsCancellationRequested,
        _ => false,
    };
}
