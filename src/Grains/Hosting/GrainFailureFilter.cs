using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Hosting;

/// <summary>Logs the exception of a failed grain call on its silo, and gives the caller an exception that it knows.</summary>
internal sealed partial class GrainFailureFilter(ILogger<GrainFailureFilter> logger) : IIncomingGrainCallFilter
{
    private readonly ILogger _logger = logger;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception e) when (!WireExceptions.MayLeave(e))
        {
            LogFailed(e, context.InterfaceName, context.MethodName);
            throw WireExceptions.Told(e);
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "{Grain}.{Method} failed")]
    private partial void LogFailed(Exception error, string grain, string method);
}
