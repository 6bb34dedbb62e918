using DinOrleans.Grains.Models;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Tests.Models;

public sealed class RefusalReasonTests
{
    [Theory]
    [InlineData("Could not find file '/srv/my shop/versions/v1/scorer.onnx'.", "Could not find file 'scorer.onnx'.")]
    [InlineData("Load model from /srv/versions/v1/scorer.onnx failed", "Load model from scorer.onnx failed")]
    [InlineData(@"Access to the path 'C:\shop\versions\v1\sample.json' is denied.", "Access to the path 'sample.json' is denied.")]
    [InlineData("embeddings/item.item_id.f32: has a number that is NaN or infinite.", "embeddings/item.item_id.f32: has a number that is NaN or infinite.")]
    [InlineData("has 3/4 of what it needs", "has 3/4 of what it needs")]
    public void Describe_AMessageWithFolders_LeavesThemOut(string message, string told) => Assert.Equal(told, RefusalReason.Describe(new IOException(message)));

    [Fact]
    public void Describe_NoMessage_NamesTheError() => Assert.Equal("InvalidCastException", RefusalReason.Describe(new InvalidCastException("")));

    [Fact]
    public void MayPass_OnlyOfWhatIsNotInTheFiles()
    {
        Assert.True(RefusalReason.MayPass(new IOException()));
        Assert.True(RefusalReason.MayPass(new DirectoryNotFoundException()));
        Assert.True(RefusalReason.MayPass(new InsufficientMemoryException()));
        Assert.False(RefusalReason.MayPass(new ArtifactException("f", "is damaged")));
        Assert.False(RefusalReason.MayPass(new InvalidCastException()));
        Assert.False(RefusalReason.MayPass(new InvalidDataException()));
    }
}
