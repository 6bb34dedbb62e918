using DinOrleans.Gateway;
using DinOrleans.Gateway.Clustering;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddGatewayClusterClient();
builder.AddGateway();
WebApplication app = builder.Build();
app.MapGateway();
await app.RunAsync().ConfigureAwait(false);
