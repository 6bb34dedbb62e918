using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Models;

/// <inheritdoc cref="IVersionUploadGrain"/>
public sealed partial class VersionUploadGrain(
    IArtifactStore store, ShopSchema shop, IOptions<ModelOptions> options, ILogger<VersionUploadGrain> logger) : Grain, IVersionUploadGrain
{
    private const int MaxFiles = 1_000;

    private readonly HashSet<string> _files = [];
    private IncomingVersion? _incoming;
    private string? _version;
    private long _bytes;

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteAsync(VersionPart part, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        Check(part);
        _incoming ??= store.Receive(part.Version);
        _version = part.Version;
        _files.Add(part.File);
        _bytes += part.Bytes.Length;
        await _incoming.WriteAsync(part.File, part.Offset, part.Bytes, cancellationToken);
    });

    /// <inheritdoc/>
    public Task CompleteAsync(string version, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (_incoming is null || version != _version)
        {
            throw Broken("version", "must have files, all of the same version");
        }

        await Task.Run(() => Verify(_incoming, version, cancellationToken), cancellationToken);
        await _incoming.KeepAsync(cancellationToken);
        LogReceived(version, _files.Count, _bytes);
        End();
    });

    /// <inheritdoc/>
    public Task AbandonAsync(CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    private static InvalidInputException Broken(string field, string rule) => new([new(field, rule)]);

    private void Check(VersionPart part)
    {
        if (_version is not null && part.Version != _version)
        {
            throw Broken("version", "must be the same for all files");
        }

        if (!UploadedFileNames.IsOne(part.File))
        {
            throw Broken("file", UploadedFileNames.Rule);
        }

        if (part.Bytes.Length > VersionPart.MaxBytes)
        {
            throw Broken(part.File, $"must come in parts of at most {VersionPart.MaxBytes:N0} bytes");
        }

        if (_bytes + part.Bytes.Length > options.Value.MaxUploadBytes)
        {
            throw Broken("version", $"must have at most {options.Value.MaxUploadBytes:N0} bytes, as Models:{nameof(ModelOptions.MaxUploadBytes)} says");
        }

        if (_files.Count == MaxFiles && !_files.Contains(part.File))
        {
            throw Broken("version", $"must have at most {MaxFiles:N0} files");
        }
    }

    private void Verify(IncomingVersion incoming, string version, CancellationToken cancellationToken)
    {
        using var artifact = Artifact.OpenUnlessCancelled(incoming.Folder, cancellationToken);
        if (shop.Check(artifact.Manifest.Schema) is { } mismatch)
        {
            throw new ArtifactException(version, mismatch);
        }
    }

    private async Task GuardAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (InvalidInputException)
        {
            End();
            throw;
        }
        catch (Exception e) when (e is ArtifactException or ArgumentException or InvalidDataException)
        {
            End();
            throw Broken("version", PublicText.Describe(e));
        }
        catch (ArtifactStoreException e)
        {
            LogNotReceived(e, _version);
            End();
            throw new StoreUnavailableException($"The artifact store does not take version {_version} now. {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotReceived(e, _version);
            End();
            throw new StoreUnavailableException($"The artifact store does not take version {_version} now.");
        }
    }

    private void End()
    {
        try
        {
            _incoming?.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
            LogNotReceived(e, _version);
        }

        _incoming = null;
        DeactivateOnIdle();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Version {Version} was uploaded: {Files} files, {Bytes} bytes")]
    private partial void LogReceived(string version, int files, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upload of version {Version} failed")]
    private partial void LogNotReceived(Exception error, string? version);
}
