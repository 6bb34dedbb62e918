using DinOrleans.Cli.Arguments;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests;

public sealed class CommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train", "--out")]
    [InlineData("compare", "--output")]
    public void Parse_OptionsInAFile_AreLeftToTheOption(string command, string output)
    {
        string file = "@" + _folder.Write("options.json", "{ }");

        var parsed = Commands.Parse([command, "--dataset", "d", output, "o", "--options", file]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(file, parsed.GetValue<string>("--options"));
    }

    [Fact]
    public void Read_File_GivesItsText()
    {
        Assert.Equal("{ }", OptionText.Read("--options", "@" + _folder.Write("options.json", "{ }")));
        Assert.Equal("{}", OptionText.Read("--options", "{}"));
        Assert.Null(OptionText.Read("--options", null));
    }
}
