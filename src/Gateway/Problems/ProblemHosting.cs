namespace DinOrleans.Gateway.Problems;

/// <summary>Turns every error of the application into problem details.</summary>
internal static class ProblemHosting
{
    /// <summary>Adds the handler of exceptions and the writer of problem details.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) => services
        .AddSingleton<ProblemLog>()
        .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
        .AddProblemDetails()
        .AddExceptionHandler<ProblemHandler>();

    /// <summary>Handles the errors of everything that is added after it: exceptions, and error statuses without a body.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
