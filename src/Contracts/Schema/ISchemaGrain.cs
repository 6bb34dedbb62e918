using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Schema;

/// <summary>Tells which names inputs may use. Its key is 0.</summary>
[Alias("DinOrleans.ISchemaGrain"), Version(1)]
public interface ISchemaGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the names and types that inputs are checked against.</summary>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<InputSchema> GetAsync(CancellationToken cancellationToken = default);
}
