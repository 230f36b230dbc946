using System.Text;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Desired;

public sealed class ApiKeySecretTests
{
    [Fact]
    public void Every_key_is_new_and_strong_and_fit_for_a_header()
    {
        var mock = MockBuilder.Mock(new MockServerSpec { Private = true });
        var keys = Enumerable.Range(0, 100).Select(_ => Encoding.ASCII.GetString(ApiKeySecret.Build(mock).Data[ApiKeySecret.Entry])).ToArray();
        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{43}$", key));
    }

    [Fact]
    public void The_secret_dies_with_the_mock()
        => Assert.Equal("uid-1", Assert.Single(ApiKeySecret.Build(MockBuilder.Mock(new MockServerSpec { Private = true })).Metadata.OwnerReferences).Uid);

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(null, null, false)]
    [InlineData(true, "own", false)]
    public void It_is_made_only_for_a_private_mock_that_names_none(bool? isPrivate, string? secretRef, bool expected)
    {
        var keys = secretRef is null ? null : new ApiKeysSpec { SecretRef = new LocalObjectReference { Name = secretRef } };
        Assert.Equal(expected, ApiKeySecret.IsOurs(MockBuilder.Mock(new MockServerSpec { Private = isPrivate, ApiKeys = keys })));
    }

    [Fact]
    public void Public_and_private_mocks_have_the_same_pod_template()
    {
        var shape = new DeploymentShape(1, 0, [ApiKeySecret.Mount(MockBuilder.Mock(new MockServerSpec()))]);
        var settings = new RuntimeSettings();
        var open = DeploymentBuilder.Build(MockBuilder.Mock(new MockServerSpec()), shape, PodOverrides.None, settings);
        var closed = DeploymentBuilder.Build(
            MockBuilder.Mock(new MockServerSpec { Private = true, ApiKeys = new ApiKeysSpec { Header = "X-Key" } }),
            shape with { Secrets = [ApiKeySecret.Mount(MockBuilder.Mock(new MockServerSpec { Private = true }))] },
            PodOverrides.None,
            settings);
        Assert.Equal(k8s.KubernetesJson.Serialize(open.Spec.Template), k8s.KubernetesJson.Serialize(closed.Spec.Template));
        Assert.Contains(open.Spec.Template.Spec.Volumes, volume => volume.Secret is { SecretName: "petstore-api-keys", Optional: true });
    }
}
