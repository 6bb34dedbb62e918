namespace DinOrleans.Gateway.Http;

/// <summary>
/// Answers HEAD as GET without a body wherever there is a GET, OPTIONS with the methods that a path takes, and names both where a method is
/// refused. It stands before routing.
/// </summary>
internal sealed class MethodMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        string method = http.Request.Method;
        if (HttpMethods.IsHead(method))
        {
            // The server leaves the body out, since it goes by the method that it has read itself.
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
