using System.Security.Cryptography;
using System.Text;

namespace DinOrleans.Gateway.Auth.Audit;

/// <summary>
/// Says who has changed what, and who has looked at users, one line for each. Programs log these lines by default. They have no secret and no user id: a
/// user is named by a digest, by which somebody who knows the id can find it.
/// </summary>
internal sealed partial class AuditLog(ILogger<AuditLog> logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(EventId = 500, Level = LogLevel.Information, Message = "Audit: {Who} published model version {Version}")]
    private partial void LogPublished(string who, string version);

    [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "Audit: {Who} activated model version {Version}")]
    private partial void LogActivated(string who, string version);

    [LoggerMessage(EventId = 502, Level = LogLevel.Information, Message = "Audit: {Who} uploaded model version {Version}")]
    private partial void LogUploaded(string who, string version);

    [LoggerMessage(EventId = 510, Level = LogLevel.Information, Message = "Audit: {Who} started experiment {Experiment}")]
    private partial void LogExperimentStarted(string who, string experiment);

    [LoggerMessage(EventId = 511, Level = LogLevel.Information, Message = "Audit: {Who} promoted an arm of experiment {Experiment}")]
    private partial void LogExperimentPromoted(string who, string experiment);

    [LoggerMessage(EventId = 512, Level = LogLevel.Information, Message = "Audit: {Who} stopped experiment {Experiment}")]
    private partial void LogExperimentStopped(string who, string experiment);

    [LoggerMessage(EventId = 513, Level = LogLevel.Information, Message = "Audit: {Who} deleted experiment {Experiment}")]
    private partial void LogExperimentDeleted(string who, string experiment);

    [LoggerMessage(EventId = 520, Level = LogLevel.Information, Message = "Audit: {Who} asked for training {Training}")]
    private partial void LogTrainingAskedFor(string who, string training);

    [LoggerMessage(EventId = 530, Level = LogLevel.Information, Message = "Audit: {Who} made key {Key} with the scopes {Scopes}")]
    private partial void LogKeyMade(string who, string key, string scopes);

    [LoggerMessage(EventId = 531, Level = LogLevel.Information, Message = "Audit: {Who} revoked key {Key}")]
    private partial void LogKeyRevoked(string who, string key);

    [LoggerMessage(EventId = 540, Level = LogLevel.Information, Message = "Audit: {Who} erased the user whose id has the SHA-256 {Digest}")]
    private partial void LogErased(string who, string digest);

    [LoggerMessage(EventId = 541, Level = LogLevel.Information, Message = "Audit: {Who} read the user whose id has the SHA-256 {Digest}")]
    private partial void LogRead(string who, string digest);

    [LoggerMessage(EventId = 542, Level = LogLevel.Information, Message = "Audit: {Who} searched for users")]
    private partial void LogUsersSearched(string who);

    public void Published(HttpContext http, string version) => LogPublished(Who(http), version);

    public void Uploaded(HttpContext http, string version) => LogUploaded(Who(http), version);

    public void Activated(HttpContext http, string version) => LogActivated(Who(http), version);

    public void ExperimentStarted(HttpContext http, string experiment) => LogExperimentStarted(Who(http), experiment);

    public void ExperimentPromoted(HttpContext http, string experiment) => LogExperimentPromoted(Who(http), experiment);

    public void ExperimentStopped(HttpContext http, string experiment) => LogExperimentStopped(Who(http), experiment);

    public void ExperimentDeleted(HttpContext http, string experiment) => LogExperimentDeleted(Who(http), experiment);

    public void TrainingAskedFor(HttpContext http, string training) => LogTrainingAskedFor(Who(http), training);

    public void KeyMade(HttpContext http, string key, IEnumerable<string> scopes) => LogKeyMade(Who(http), key, string.Join(' ', scopes));

    public void KeyRevoked(HttpContext http, string key) => LogKeyRevoked(Who(http), key);

    public void Erased(HttpContext http, string userId) => LogErased(Who(http), Digest(userId));

    public void Read(HttpContext http, string userId) => LogRead(Who(http), Digest(userId));

    public void UsersSearched(HttpContext http) => LogUsersSearched(Who(http));

    private static string Digest(string userId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)));

    private static string Who(HttpContext http)
    {
        Caller caller = http.Caller();
        return caller.IsAnyone ? $"anyone at {http.Connection.RemoteIpAddress?.ToString() ?? "a local pipe"}" : caller.Name;
    }
}
