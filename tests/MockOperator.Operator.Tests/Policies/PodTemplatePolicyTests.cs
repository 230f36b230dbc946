using System.Text.Json.Nodes;
using MockOperator.Operator.Allowances;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Allowances;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Resources;

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

    [Fact]
    public void The_policy_and_the_operator_agree_on_every_two_templates_merged()
    {
        List<string> templates = [.. TemplateCases.Safe.Select(static row => row.Data), .. TemplateCases.Refused.Select(static row => row.Data.Item1)];
        foreach (string one in templates)
        {
            foreach (string other in templates.Skip(templates.IndexOf(one)))
            {
                JsonObject merged = JsonNode.Parse(one)!.AsObject();
                TemplateMerge.Into(merged, JsonNode.Parse(other)!.AsObject());
                string template = merged.ToJsonString();

                bool operatorTakesIt = new UserAllowances().Check(new MockServerSpec { PodTemplate = Mocks.Json(template) }).Count == 0;
                Assert.True(operatorTakesIt == (s_policy.Refusals(s_author, "mockservers", Mock(template)).Count == 0), $"the operator {(operatorTakesIt ? "takes" : "refuses")} {template}");
            }
        }
    }

    private static JsonNode Mock(string template) => PolicyObjects.Mock($$"""{"podTemplate":{{template}}}""");
}
