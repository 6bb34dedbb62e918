using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Hosting;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Items;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Models;
using DinOrleans.Gateway.OpenApi;
using DinOrleans.Gateway.Playground;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Rank;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Telemetry;
using DinOrleans.Gateway.Users;
using DinOrleans.Programs.Starting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway;

/// <summary>Hosts the REST API in a web application that has an <see cref="IGrainFactory"/>: a cluster client's or a co-hosted silo's.</summary>
public static class GatewayHosting
{
    /// <summary>Adds what the gateway needs, set up by the section <see cref="GatewayOptions.Section"/>.</summary>
    public static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // No endpoint blocks, so that a request may run on where its bytes arrived: each hop to another thread costs as much as reading it does.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        services.AddSingleton<IStartCheck, HttpAddresses>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GatewayInstruments>();
        services.AddSingleton<InputSchemaCache>();
        services.AddSingleton<WorkAdmission>();
        services.AddSingleton<JsonBody>();

        // A damaged body of Brotli looks like a fault of ours: its decoder throws what any misuse of it would.
        services.AddRequestDecompression(decompression => decompression.DecompressionProviders.Remove("br"));
        services.ReplaceHostFilter();
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<RankEndpoint>();
        services.AddSingleton<EventsEndpoint>();
        services.AddSingleton<ItemsEndpoint>();
        services.AddSingleton<UsersEndpoints>();
        services.AddSingleton<ModelsEndpoints>();
        services.AddGatewayOpenApi();
        builder.AddGatewayTelemetry();
        return builder;
    }

    /// <summary>Maps the REST API, health, metrics, OpenAPI and the playground; every error of the application becomes problem details.</summary>
    /// <remarks>Call it before mapping anything else whose errors shall read the same.</remarks>
    public static TApp MapGateway<TApp>(this TApp app)
        where TApp : IApplicationBuilder, IEndpointRouteBuilder
    {
        IServiceProvider services = app.ApplicationServices;
        GatewayOptions options = services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HostMiddleware>();
        app.UseMiddleware<MethodMiddleware>();
        app.UseRouting();
        app.UseRequestDecompression();
        app.UseMiddleware<BodyMiddleware>();

        RouteGroupBuilder v1 = app.MapGroup("/v1").WithProblems();
        v1.WithMetadata(new BodyLimit(options.MaxBodyBytes));
        v1.MapRank(services.GetRequiredService<RankEndpoint>());
        v1.MapEvents(services.GetRequiredService<EventsEndpoint>());
        v1.MapItems(services.GetRequiredService<ItemsEndpoint>(), options.MaxItemsBodyBytes);
        v1.MapUsers(services.GetRequiredService<UsersEndpoints>());
        v1.MapModels(services.GetRequiredService<ModelsEndpoints>());

        app.MapHealth(services.GetRequiredService<HealthEndpoints>());
        app.MapPlayground();
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        app.MapOpenApi("/openapi/v1.json");
        return app;
    }
}
