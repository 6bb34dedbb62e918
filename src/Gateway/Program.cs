using DinOrleans.Gateway;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.UseOrleansClient(client => client.UseLocalhostClustering());
builder.AddGateway();
WebApplication app = builder.Build();
app.MapGateway();
await app.RunAsync().ConfigureAwait(false);
