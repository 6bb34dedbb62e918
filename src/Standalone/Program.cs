using DinOrleans.Gateway;
using DinOrleans.Model.Artifacts;
using DinOrleans.Silo;
using DinOrleans.Standalone;
using DinOrleans.Standalone.Shop;
using DinOrleans.Training.Datasets;
using DinOrleans.Training.Versions;

ShopFolders folders;
string[] others;
try
{
    (StandaloneArguments own, others) = StandaloneArguments.Parse(args);
    folders = ShopPreparation.Prepare(own);
}
catch (Exception e) when (e is ArgumentException or DatasetException or InvalidDataException or IOException)
{
    Console.Error.WriteLine("error: " + e.Message);
    return 1;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = others, ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["Silo:DataFolder"] = folders.Data,
    ["Shop:SchemaFile"] = folders.SchemaFile,
});
builder.AddDinOrleansSilo();
builder.AddGateway();
builder.Services.AddSingleton(folders);
builder.Services.AddSingleton<ShopLoader>();
builder.Services.AddSingleton<StoreLog>();
builder.Services.AddSingleton<RankingExample>();
builder.Services.AddHostedService<ShopStartup>();

WebApplication app;
try
{
    app = builder.Build();
    app.MapGateway();
    await app.RunAsync().ConfigureAwait(false);
}
catch (Exception e) when (e is InvalidDataException or ArtifactException)
{
    Console.Error.WriteLine("error: " + e.Message);
    return 1;
}

return Environment.ExitCode;
