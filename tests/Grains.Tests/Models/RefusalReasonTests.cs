using DinOrleans.Grains.Models;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Tests.Models;

public sealed class RefusalReasonTests
{
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
