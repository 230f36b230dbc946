using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Policies;

public sealed class ExposurePolicyTests
{
    private static readonly Requester s_author = new("mia");
    private static readonly Policy s_policy = Policy.Read("exposure.yaml");

    [Theory]
    [InlineData("""{"ingress":{"host":"bank.example.com"}}""", "create networking.k8s.io/ingresses")]
    [InlineData("""{"gateway":{"parentRefs":[{"name":"edge"}],"hostnames":["bank.example.com"]}}""", "create gateway.networking.k8s.io/httproutes")]
    public void Exposure_takes_the_right_to_expose(string spec, string right)
    {
        Assert.Single(s_policy.Refusals(s_author, "mockservers", PolicyObjects.Mock(spec)));
        Assert.Empty(s_policy.Refusals(new Requester("pat", right), "mockservers", PolicyObjects.Mock(spec)));
    }

    [Fact]
    public void Only_a_change_of_the_exposure_takes_it()
    {
        JsonNode before = PolicyObjects.Mock("""{"ingress":{"host":"a.example.com"},"seed":1}""");

        Assert.Empty(s_policy.Refusals(s_author, "mockservers", before.With(static mock => mock["spec"]!["seed"] = 2), before));
        Assert.Empty(s_policy.Refusals(s_author, "mockservers", before.With(static mock => mock["spec"]!.AsObject().Remove("ingress")), before));
        Assert.Single(s_policy.Refusals(s_author, "mockservers", before.With(static mock => mock["spec"]!["ingress"]!["host"] = "bank.example.com"), before));
    }
}
