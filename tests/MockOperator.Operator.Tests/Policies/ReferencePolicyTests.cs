using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Policies;

public sealed class ReferencePolicyTests
{
    private static readonly Requester s_author = new("mia");
    private static readonly Policy s_secrets = Policy.Read("secrets.yaml");
    private static readonly Policy s_configMaps = Policy.Read("config-maps.yaml");
    private static readonly Policy s_urls = Policy.Read("published-urls.yaml");

    public static TheoryData<string> NamesASecret =>
    [
        """{"apiKeys":{"secretRef":{"name":"mine"}}}""",
        """{"environment":{"from":[{"configMapRef":{"name":"x"}},{"secretRef":{"name":"mine"}}]}}""",
        """{"environment":{"postman":{"secretKeyRef":{"name":"mine","key":"k"}}}}""",
    ];

    public static TheoryData<string, string> NamesAConfigMap => new()
    {
        { "mockservers", """{"collection":{"configMapKeyRef":{"name":"x","key":"k"}}}""" },
        { "mockservers", """{"environment":{"from":[{"secretRef":{"name":"x"}},{"configMapRef":{"name":"x"}}]}}""" },
        { "mockservers", """{"environment":{"postman":{"configMapKeyRef":{"name":"x","key":"k"}}}}""" },
        { "collections", """{"configMapKeyRef":{"name":"x","key":"k"}}""" },
        { "collections", """{"examples":[],"versions":[{"tag":"a","examples":[]},{"tag":"b","configMapKeyRef":{"name":"x","key":"k"}}]}""" },
    };

    [Theory]
    [MemberData(nameof(NamesASecret))]
    public void A_Secret_takes_the_right_to_get_it(string spec)
    {
        JsonNode mock = PolicyObjects.Mock(spec);

        Assert.Contains("Secret mine", Assert.Single(s_secrets.Refusals(s_author, "mockservers", mock)), StringComparison.Ordinal);
        Assert.Single(s_secrets.Refusals(new Requester("mia", "get secrets/other", "get configmaps"), "mockservers", mock));
        Assert.Empty(s_secrets.Refusals(new Requester("mia", "get secrets/mine"), "mockservers", mock));
        Assert.Empty(s_secrets.Refusals(new Requester("mia", "get secrets"), "mockservers", mock));
    }

    [Fact]
    public void Each_of_several_Secrets_is_asked_for()
    {
        JsonNode mock = PolicyObjects.Mock("""{"apiKeys":{"secretRef":{"name":"a"}},"environment":{"from":[{"secretRef":{"name":"b"}},{"secretRef":{"name":"c"}}]}}""");

        Assert.Contains("Secret c", Assert.Single(s_secrets.Refusals(new Requester("mia", "get secrets/a", "get secrets/b"), "mockservers", mock)), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_eight_Secrets_take_the_right_to_get_all()
    {
        JsonNode mock = PolicyObjects.Mock("""{"environment":{"from":[]}}""");
        for (int number = 0; number < 9; number++)
        {
            mock["spec"]!["environment"]!["from"]!.AsArray().Add(JsonNode.Parse("""{"secretRef":{"name":"mine"}}"""));
        }


        Assert.Contains("all Secrets", Assert.Single(s_secrets.Refusals(new Requester("mia", "get secrets/mine"), "mockservers", mock)), StringComparison.Ordinal);
        Assert.Empty(s_secrets.Refusals(new Requester("mia", "get secrets"), "mockservers", mock));
    }

    [Fact]
    public void Whoever_edits_a_mock_with_a_Secret_could_print_it_and_whoever_labels_it_could_not()
    {
        JsonNode before = PolicyObjects.Mock("""{"environment":{"from":[{"secretRef":{"name":"theirs"}}]},"seed":1}""");

        Assert.Single(s_secrets.Refusals(s_author, "mockservers", before.With(static mock => mock["spec"]!["seed"] = 2), before));
        Assert.Empty(s_secrets.Refusals(s_author, "mockservers", before.With(static mock => mock["metadata"]!["labels"] = new JsonObject { ["a"] = "b" }), before));
    }

    [Fact]
    public void A_mock_without_references_takes_no_right()
    {
        JsonNode mock = PolicyObjects.Mock("""{"collectionRef":{"name":"petstore"},"private":true}""");

        Assert.All(Policy.Files, file => Assert.Empty(Policy.Read(file).Refusals(s_author, "mockservers", mock)));
    }

    [Theory]
    [MemberData(nameof(NamesAConfigMap))]
    public void A_ConfigMap_takes_the_right_to_get_ConfigMaps(string resource, string spec)
    {
        Assert.Contains("ConfigMap", Assert.Single(s_configMaps.Refusals(s_author, resource, PolicyObjects.Mock(spec))), StringComparison.Ordinal);
        Assert.Empty(s_configMaps.Refusals(new Requester("mia", "get configmaps"), resource, PolicyObjects.Mock(spec)));
    }

    [Fact]
    public void A_published_URL_takes_the_right_to_patch_the_ConfigMap()
    {
        JsonNode mock = PolicyObjects.Mock("""{"publishUrl":{"configMap":{"name":"frontend","key":"URL"}}}""");

        Assert.Contains("frontend", Assert.Single(s_urls.Refusals(new Requester("mia", "get configmaps"), "mockservers", mock)), StringComparison.Ordinal);
        Assert.Empty(s_urls.Refusals(new Requester("mia", "patch configmaps/frontend"), "mockservers", mock));
        Assert.Empty(s_urls.Refusals(s_author, "mockservers", mock.With(static edited => edited["spec"]!["seed"] = 1), mock));
    }
}
