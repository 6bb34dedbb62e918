namespace DinOrleans.Contracts.Tests;

public sealed class PublicTextTests
{
    [Theory]
    [InlineData("No space left on device : '/srv/shop data/trainings/t2/plan.json.partial'", "No space left on device : 'plan.json.partial'")]
    [InlineData("Could not find a part of the path '/srv/a:b/x/y'.", "Could not find a part of the path 'y'.")]
    [InlineData(@"Access to the path 'C:\shop\versions\v1\sample.json' is denied.", "Access to the path 'sample.json' is denied.")]
    [InlineData("Access to the path '/srv/data/' is denied", "Access to the path 'data/' is denied")]
    [InlineData("'/srv/x' and '/y/z'", "'x' and 'z'")]
    [InlineData("Load model from /srv/versions/v1/scorer.onnx failed", "Load model from scorer.onnx failed")]
    [InlineData("/srv/my shop/versions/v1/scorer.onnx: is damaged", "scorer.onnx: is damaged")]
    [InlineData("read of file:///srv/versions/v1/sample.json failed", "read of sample.json failed")]
    [InlineData(@"\\host\share\versions\v1\parameters.bin is damaged", "parameters.bin is damaged")]
    [InlineData("folder=/srv/x/y", "folder=y")]
    [InlineData("(/srv/x/y) and </srv/x/z>", "(y) and <z>")]
    public void Clean_OfAbsolutePaths_LeavesTheFoldersOut(string text, string told) => Assert.Equal(told, PublicText.Clean(text));

    [Theory]
    [InlineData("embeddings/item.item_id.f32: has a number that is NaN or infinite.")]
    [InlineData("has 3/4 of what it needs, or 1 / 2")]
    [InlineData("http://localhost:5000/v1/models does not answer")]
    [InlineData("the item \"a/b\" is not known")]
    public void Clean_OfOtherText_ChangesNothing(string text) => Assert.Equal(text, PublicText.Clean(text));

    [Theory]
    [InlineData("S10.6.6.6:11111:51234 is gone", "a silo is gone")]
    [InlineData("10.6.6.6:11111@51234: refused", "a silo: refused")]
    [InlineData("Connection to [::1]:5432 failed", "Connection to a silo failed")]
    public void Clean_OfAddresses_NamesNoMachine(string text, string told) => Assert.Equal(told, PublicText.Clean(text));

    [Fact]
    public void Clean_OfNothing_IsNothing() => Assert.Null(PublicText.Clean(null));

    [Fact]
    public void Describe_OfAnErrorWithoutWords_NamesIt() => Assert.Equal("InvalidCastException", PublicText.Describe(new InvalidCastException("")));
}
