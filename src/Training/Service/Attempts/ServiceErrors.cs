using DinOrleans.Contracts;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>Tells errors apart by what to do about them.</summary>
internal static class ServiceErrors
{
    /// <summary>True where the cluster or its store does not answer now.</summary>
    public static bool IsOutage(Exception error) => error is StoreUnavailableException or ArtifactStoreException { MayPass: true } or TimeoutException or OrleansException;

    /// <summary>True for errors of the data, the settings, the disk or the network, whose message says all that there is to know.</summary>
    public static bool IsForPeople(Exception error) => IsOutage(error)
        || error is InvalidContentException or InvalidDataException or IOException or UnauthorizedAccessException or InvalidInputException or ConflictException or InternalErrorException
            or ArtifactException or CheckpointException or TrainingDivergedException or OutOfMemoryException;
}
