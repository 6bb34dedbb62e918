using System.Globalization;
using System.Net;
using System.Text;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Doctor;

/// <summary><c>doctor --url</c>, on answers that servers give.</summary>
public sealed class ServerDoctorTests : IDisposable
{
    private const string Ready = """{"status":"ready","source":"model","writes":true}""";
    private const string Models =
        """{"active":"v2","versions":[],"silos":[{"silo":"a","serving":"v2","loaded":["v2"],"refused":{},"failing":{}},{"silo":"b","serving":"v2","loaded":["v2"],"refused":{},"failing":{}}]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, (int Status, string Body)> _answers = new()
    {
        ["/health/live"] = (200, """{"status":"live"}"""),
        ["/health/ready"] = (200, Ready),
        ["/v1/models"] = (200, Models),
    };

    private readonly string _address;
    private readonly Task _serving;
    private TimeSpan _clockAhead;
    private string? _authorization;

    public ServerDoctorTests()
    {
        _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take(1)[0]}");
        _listener.Prefixes.Add(_address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    [Fact]
    public async Task Doctor_HealthyCluster_FindsNothing()
    {
        await AssertFoundAsync(0, "Nothing is wrong.\n", "--key", "dok_secret");
        Assert.Equal("Bearer dok_secret", _authorization);
    }

    [Theory]
    [InlineData("/health/ready", 503, """{"title":"Not ready","detail":"No silo has loaded the active model version v2 yet."}""", 1, "problem: {url}: It is not ready: No silo has loaded the active model version v2 yet. ")]
    [InlineData("/health/ready", 503, "The silo is Joining in its cluster and not Active.", 1, "problem: {url}: It is not ready: The silo is Joining in its cluster and not Active. ")]
    [InlineData("/health/ready", 200, """{"status":"ready","source":"model","writes":false}""", 1, "problem: {url}: Events, items and profiles are not taken now. See whether the database is reachable")]
    [InlineData("/health/live", 404, "", 1, "problem: {url}: /health/live answers 404. See whether this is the address of a server")]
    [InlineData("/v1/models", 401, "", 2, "unknown: {url}: It does not tell the versions of the silos to this caller. Give --key")]
    [InlineData("/v1/models", 403, "", 2, "Nothing is known to be wrong, but not everything could be looked at.\n")]
    [InlineData("/v1/models", 404, "", 0, "note: {url}: It is not a gateway")]
    [InlineData("/v1/models", 500, "{}", 2, "unknown: {url}: /v1/models answers 500: ")]
    [InlineData("/v1/models", 200, "[]", 2, "unknown: {url}: The answer to /v1/models is not that of a gateway.")]
    [InlineData("/v1/models", 200, """{"silos":[]}""", 0, "note: {url}: No model version is active: rankings are by popularity.")]
    [InlineData("/v1/models", 200, """{"active":"v2","silos":[]}""", 1, "problem: {url}: No silo has said that it serves version v2.")]
    [InlineData("/v1/models", 200, """{"active":"v2","silos":[{"silo":"a","serving":"v1"},{"silo":"b","serving":"v2"}]}""", 1, "problem: silo a: It serves version v1, but v2 is active. See its log")]
    [InlineData("/v1/models", 200, """{"active":"v2","silos":[{"silo":"a"}]}""", 1, "problem: silo a: It serves no version, but v2 is active.")]
    [InlineData("/v1/models", 200, """{"active":"v1","target":"v2","silos":[{"silo":"a","serving":"v1"}]}""", 0, "note: {url}: The silos are moving to another version.")]
    [InlineData("/v1/models", 200, """{"active":"v2","silos":[{"silo":"a","serving":"v2","refused":{"v3":"scorer.onnx: is damaged"}}]}""", 1, "problem: silo a: It has refused version v3: scorer.onnx: is damaged Publish another version")]
    [InlineData("/v1/models", 200, """{"active":"v2","silos":[{"silo":"a","serving":"v2","failing":{"v3":"It cannot be read."}}]}""", 1, "problem: silo a: It cannot load version v3 now: It cannot be read. See whether")]
    public async Task Doctor_AnswerOfAServer_IsUnderstood(string path, int status, string body, int code, string text)
    {
        _answers[path] = (status, body);
        await AssertFoundAsync(code, text);
    }

    [Fact]
    public async Task Doctor_ClockThatDiffers_IsAProblem()
    {
        _clockAhead = TimeSpan.FromMinutes(-10);
        await AssertFoundAsync(1, "s behind. Let NTP set the clocks");
        _clockAhead = TimeSpan.FromMinutes(10);
        await AssertFoundAsync(1, "s ahead. Let NTP set the clocks");
    }

    [Fact]
    public async Task Doctor_ServerThatIsGone_IsAProblem()
    {
        _listener.Stop();
        await AssertFoundAsync(1, "problem: {url}: It cannot be reached: ");
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private async Task AssertFoundAsync(int code, string text, params string[] options)
    {
        Ended end = await CliProcess.RunAsync(_folder.Path, ["doctor", "--url", _address, .. options]);
        Assert.Equal((code, ""), (end.Code, end.Errors));
        Assert.Contains(text.Replace("{url}", _address, StringComparison.Ordinal), end.Output, StringComparison.Ordinal);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _authorization = call.Request.Headers["Authorization"];
            (int status, string body) = _answers.GetValueOrDefault(call.Request.Url!.AbsolutePath, (404, ""));
            call.Response.StatusCode = status;
            call.Response.Headers["Date"] = (DateTimeOffset.UtcNow + _clockAhead).ToString("R", CultureInfo.InvariantCulture);
            await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            call.Response.Close();
        }
    }
}
