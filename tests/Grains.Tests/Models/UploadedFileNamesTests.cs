using DinOrleans.Grains.Models;

namespace DinOrleans.Grains.Tests.Models;

public sealed class UploadedFileNamesTests
{
    [Theory]
    [InlineData("manifest.json")]
    [InlineData("scorer.onnx")]
    [InlineData("parameters.bin")]
    [InlineData("sample.json")]
    [InlineData("embeddings/item.item_id.f32")]
    [InlineData("vocabularies/user.país.jsonl")]
    public void IsOne_OfAFileThatVersionsHave_IsTrue(string file) => Assert.True(UploadedFileNames.IsOne(file));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("notes.txt")]
    [InlineData("Manifest.json")]
    [InlineData("manifest.json\n")]
    [InlineData("/etc/passwd")]
    [InlineData("../manifest.json")]
    [InlineData("embeddings/")]
    [InlineData("embeddings/..")]
    [InlineData("embeddings/../../escape")]
    [InlineData("embeddings/.hidden")]
    [InlineData("embeddings/a/b")]
    [InlineData("embeddings\\a")]
    [InlineData("embeddings/a:stream")]
    [InlineData("embeddings/a\u0000b")]
    public void IsOne_OfAnyOtherPath_IsFalse(string? file) => Assert.False(UploadedFileNames.IsOne(file));

    [Fact]
    public void IsOne_OfAVeryLongName_IsFalse() => Assert.False(UploadedFileNames.IsOne("embeddings/" + new string('a', 201)));
}
