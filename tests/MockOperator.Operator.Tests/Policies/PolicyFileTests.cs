using MockOperator.Operator.Tests.Installation;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Policies;

public sealed class PolicyFileTests
{
    public static TheoryData<string> Files => [.. Policy.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_policy_is_bound_denies_and_stays_closed_when_it_fails(string file)
    {
        IReadOnlyList<YamlMappingNode> documents = Manifests.Read("config", "policies", file);
        YamlMappingNode policy = Assert.Single(documents, static document => document["kind"].ToString() == "ValidatingAdmissionPolicy");
        YamlMappingNode binding = Assert.Single(documents, static document => document["kind"].ToString() == "ValidatingAdmissionPolicyBinding");

        Assert.Equal("Fail", policy["spec"]["failurePolicy"].ToString());
        Assert.Equal(policy["metadata"]["name"].ToString(), binding["spec"]["policyName"].ToString());
        Assert.Equal(["Deny"], ((YamlSequenceNode)binding["spec"]["validationActions"]).Select(static action => action.ToString()));
        Assert.All((YamlSequenceNode)policy["spec"]["validations"], static validation => Assert.Equal("Forbidden", validation["reason"].ToString()));
    }

    [Fact]
    public void The_kustomization_has_all_of_them() =>
        Assert.Equal(
            Policy.Files,
            ((YamlSequenceNode)Assert.Single(Manifests.Read("config", "policies", "kustomization.yaml"))["resources"]).Select(static file => file.ToString()).Order(StringComparer.Ordinal));
}
