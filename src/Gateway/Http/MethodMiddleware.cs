namespace DinOrleans.Gateway.Http;

/// <summary>
/// Answers HEAD like GET but without a body, and OPTIONS with the methods that a path takes. Where a method is refused, both are among those
/// that are named. It runs before routing.
/// </summary>
internal sealed class MethodMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        string method = http.Request.Method;
        if (HttpMethods.IsHead(method))
        {
            // The server leaves the body out, because it knows the method that it has read itself.
            http.Request.Method = HttpMethods.Get;
        }

        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = method;
        }

        HttpResponse response = http.Response;
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && !response.HasStarted)
        {
            string[] taken = response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            IEnumerable<string> heads = taken.Contains(HttpMethods.Get) ? [HttpMethods.Head] : [];
            response.Headers.Allow = string.Join(", ", taken.Concat(heads).Append(HttpMethods.Options).Order(StringComparer.Ordinal));
            if (HttpMethods.IsOptions(method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
    }
}
