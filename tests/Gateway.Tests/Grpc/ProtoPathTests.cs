using DinOrleans.Gateway.Grpc.Errors;

namespace DinOrleans.Gateway.Tests.Grpc;

public sealed class ProtoPathTests
{
    [Theory]
    [InlineData("userId", "user_id")]
    [InlineData("candidates", "candidates")]
    [InlineData("candidates[12].itemId", "candidates[12].item_id")]
    [InlineData("context.itemId.userId[0]", "context.itemId.userId[0]")]
    [InlineData("limit", "limit")]
    [InlineData("$", "$")]
    [InlineData("X-Experiment-Override", "X-Experiment-Override")]
    [InlineData("userId.itemId", "user_id.itemId")]
    public void Of_AFieldOfJson_NamesItAsTheMessageDoes(string json, string expected) => Assert.Equal(expected, ProtoPath.Of(V1.RankRequest.Descriptor, json));
}
