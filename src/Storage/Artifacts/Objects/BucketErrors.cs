using System.Net.Sockets;

namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>
/// Says in words what an error of a driver means and what to do. Only codes are taken from the error, because its text may hold more than others
/// should see.
/// </summary>
/// <param name="bucket">The bucket, as it is named within a sentence.</param>
/// <param name="timeout">How long a request may take.</param>
internal abstract class BucketErrors(string bucket, TimeSpan timeout)
{
    /// <summary>The section of the settings that messages name.</summary>
    protected const string Options = ArtifactOptions.Section;

    /// <summary>The bucket, as it is named within a sentence.</summary>
    protected string Bucket => bucket;

    /// <summary>The bucket, as it is named at the start of a sentence.</summary>
    protected string BucketFirst => string.Concat(char.ToUpperInvariant(bucket[0]).ToString(), bucket.AsSpan(1));

    /// <summary>Calls the driver.</summary>
    /// <param name="what">What the call does, to follow "is asked to".</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">What the caller may have cancelled.</param>
    /// <exception cref="ArtifactStoreException">The call failed.</exception>
    public async Task<T> GuardAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            if (Describe(e, what) is { } described)
            {
                throw described;
            }

            throw;
        }
    }

    /// <summary>Describes an error of the driver. Null for an error that is not about the store, such as a file that cannot be read.</summary>
    protected abstract ArtifactStoreException? Describe(Exception error, string what);

    /// <summary>The error of a request that was not answered in time.</summary>
    protected ArtifactStoreException TimedOut(string what) => new($"{BucketFirst} did not answer within {timeout.TotalSeconds:F0} s when it was asked to {what}.", mayPass: true);

    /// <summary>The error of a connection that was lost while a request was sent; null for an error of another kind.</summary>
    protected ArtifactStoreException? Lost(Exception error, string what) => error is HttpIOException || (error is IOException && Find<SocketException>(error) is not null)
        ? new($"The connection to {bucket} was lost when it was asked to {what}.", mayPass: true)
        : null;

    /// <summary>The first error of a type among an error and its causes.</summary>
    protected static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T)
        {
            error = error.InnerException;
        }

        return error as T;
    }
}
