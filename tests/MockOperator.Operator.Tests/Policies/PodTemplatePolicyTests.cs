using MockOperator.Operator.Tests.Allowances;

namespace MockOperator.Operator.Tests.Policies;

public sealed class PodTemplatePolicyTests
{
    private static readonly Requester s_author = new("mia");
    private static readonly Requester s_podCreator = new("pat", "create pods");
    private static readonly Policy s_policy = Policy.Read("pod-templates.yaml");

    [Theory]
    [MemberData(nameof(TemplateCases.Safe), MemberType = typeof(TemplateCases))]
    public void What_the_operator_takes_by_default_is_anybodys(string template) => Assert.Empty(s_policy.Refusals(s_author, "mockservers", Mock(template)));

    [Theory]
    [MemberData(nameof(TemplateCases.Refused), MemberType = typeof(TemplateCases))]
    public void What_the_operator_refuses_by_default_takes_the_right_to_create_pods(string template, string place)
    {
        _ = place;
        Assert.Contains("create pods", Assert.Single(s_policy.Refusals(s_author, "mockservers", Mock(template))), StringComparison.Ordinal);
        Assert.Empty(s_policy.Refusals(s_podCreator, "mockservers", Mock(template)));
    }

    [Fact]
    public void A_priority_class_of_Kubernetes_itself_does_too()
    {
        var mock = PolicyObjects.Mock("""{"priorityClassName":"system-node-critical"}""");

        Assert.Single(s_policy.Refusals(s_author, "mockservers", mock));
        Assert.Empty(s_policy.Refusals(s_podCreator, "mockservers", mock));
        Assert.Empty(s_policy.Refusals(s_author, "mockservers", PolicyObjects.Mock("""{"priorityClassName":"high"}""")));
    }

    [Fact]
    public void A_template_that_somebody_else_wrote_is_not_asked_for_again()
    {
        var before = PolicyObjects.Mock("""{"podTemplate":{"spec":{"hostNetwork":true}},"replicas":1}""");
        var after = PolicyObjects.Mock("""{"podTemplate":{"spec":{"hostNetwork":true}},"replicas":2}""");

        Assert.Empty(s_policy.Refusals(s_author, "mockservers", after, before));
        Assert.Single(s_policy.Refusals(s_author, "mockservers", PolicyObjects.Mock("""{"podTemplate":{"spec":{"hostPID":true}}}"""), before));
    }

    private static System.Text.Json.Nodes.JsonNode Mock(string template) => PolicyObjects.Mock($$"""{"podTemplate":{{template}}}""");
}
