using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Tests.Servers;

public sealed class PythonModulesTests
{
    private const string Interpreter = "/usr/bin/python3";

    [Fact]
    public void WhyNot_NoInterpreter_NamesIt() => Assert.Equal("Python is missing: /no/python3 is not there.", PythonModules.WhyNot("/no/python3", ["sys"]));

    [Fact]
    public void WhyNot_SomeModulesMissing_NamesOnlyThese()
    {
        Assert.SkipUnless(File.Exists(Interpreter), "This machine has no Python.");

        Assert.Equal(
            $"Modules of Python are missing: {Interpreter} does not have no_such_one, no_such_other.",
            PythonModules.WhyNot(Interpreter, ["json", "no_such_one", "sys", "no_such_other"]));
    }

    [Fact]
    public void WhyNot_AllModulesThere_IsNull()
    {
        Assert.SkipUnless(File.Exists(Interpreter), "This machine has no Python.");

        Assert.Null(PythonModules.WhyNot(Interpreter, ["json", "sys"]));
    }
}
