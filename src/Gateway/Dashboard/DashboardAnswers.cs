using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Dashboard;

/// <summary>Makes the answers of Orleans' dashboard like those of the gateway.</summary>
internal static class DashboardAnswers
{
    /// <summary>The dashboard's script sets styles itself, and its style sheet has fonts and pictures in it.</summary>
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>Answers a request to the dashboard. Errors become problem details.</summary>
    public static async ValueTask<object?> MakeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        IHeaderDictionary headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // A browser sends the password of this address along with what a page of another site asks for.
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return await AskAsync(context, next) switch
        {
            // It forbids only what is switched off, the stream of log lines, and forbids it to everybody.
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status403Forbidden } => TypedResults.NotFound(),
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status503ServiceUnavailable } => throw new NotReadyException("The cluster does not answer."),
            IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest and int status } => TypedResults.StatusCode(status),
            var answer => answer,
        };
    }

    /// <summary>Has the dashboard answer. Its grain is made by any silo, and not by one that lacks the setting.</summary>
    private static async ValueTask<object?> AskAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("Orleans.Dashboard", StringComparison.Ordinal))
        {
            throw new NotReadyException("The silos do not collect what the dashboard shows. Set Dashboard:Enabled for each of them too.");
        }
    }
}
