using DinOrleans.TestMachine;
using DinOrleans.TestMachine.Contract;

namespace DinOrleans.Client.Tests.Contract;

/// <summary>The clients in other languages send the requests of the recorded session, read its answers, and pass their own tests.</summary>
public sealed class OtherLanguagesTests
{
    private const string Python = "clients/python";
    private const string TypeScript = "clients/typescript";
    private const string SessionPath = "src/Gateway/OpenApi/session.json";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Python_MakingTheCallsOfTheSession_SendsAndReadsWhatWasRecorded() =>
        ReplayAsync(address => Scripts.PythonAsync(Python, ["tests/session.py", address, RepositoryFolder.Of(SessionPath)], Cancellation));

    [Fact]
    public Task TypeScript_MakingTheCallsOfTheSession_SendsAndReadsWhatWasRecorded() =>
        ReplayAsync(address => NodeAsync("test/session.mjs", address, RepositoryFolder.Of(SessionPath)));

    [Fact]
    public async Task Python_ItsOwnTests_Pass() => (await Scripts.PythonAsync(Python, ["-m", "unittest", "discover", "-s", "tests"], Cancellation)).Succeeded();

    [Fact]
    public async Task TypeScript_ItsOwnTests_Pass() => (await NodeAsync("--test", "test/client.test.mjs", "test/readme.test.mjs")).Succeeded();

    private static async Task ReplayAsync(Func<string, Task<ScriptResult>> run)
    {
        SessionFile session = SessionFile.Read();
        await using ReplayServer server = ReplayServer.Start(session);
        ScriptResult result = await run(server.Address.AbsoluteUri);
        Assert.Empty(server.Unexpected);
        result.Succeeded();
        Assert.Equal(session.Exchanges.Select(e => e.Name), server.Replayed);
    }

    private static Task<ScriptResult> NodeAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(RepositoryFolder.Of($"{TypeScript}/dist/index.js")), $"{TypeScript} is not built. Run there: npm ci --ignore-scripts && npm run build");
        return Scripts.NodeAsync(TypeScript, arguments, Cancellation);
    }
}
