using DinOrleans.Silo;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddDinOrleansSilo();
await builder.Build().RunAsync().ConfigureAwait(false);
