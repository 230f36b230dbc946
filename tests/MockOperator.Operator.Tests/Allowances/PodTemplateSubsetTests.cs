using MockOperator.Operator.Allowances;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Allowances;

public sealed class PodTemplateSubsetTests
{
    [Theory]
    [MemberData(nameof(TemplateCases.Safe), MemberType = typeof(TemplateCases))]
    public void What_places_sizes_labels_and_probes_is_allowed(string template)
    {
        var spec = new MockServerSpec { PodTemplate = Mocks.Json(template) };

        Assert.Empty(new UserAllowances().Check(spec));
        Assert.True(PodOverrides.TryRead(spec, out _, out string? problem), problem);
    }

    [Theory]
    [MemberData(nameof(TemplateCases.Refused), MemberType = typeof(TemplateCases))]
    public void What_runs_as_whom_with_what_is_refused_with_its_place_and_the_cure(string template, string place)
    {
        var spec = new MockServerSpec { PodTemplate = Mocks.Json(template) };

        SpecProblem problem = Assert.Single(new UserAllowances().Check(spec));
        Assert.StartsWith(place + ": ", problem.ToString(), StringComparison.Ordinal);
        Assert.Matches("--(pod-templates=Any|allowed-metadata=)|named by name", problem.Message);
    }

    [Theory]
    [MemberData(nameof(TemplateCases.Refused), MemberType = typeof(TemplateCases))]
    public void The_operators_setting_opens_the_rest(string template, string place)
    {
        _ = place;
        Assert.Empty(new UserAllowances { PodTemplates = AllowedFields.Any }.Check(new MockServerSpec { PodTemplate = Mocks.Json(template) }));
    }

    [Fact]
    public void No_part_of_the_wrong_shape_slips_through() =>
        Assert.Equal(
            ["spec.podTemplate.metadata.labels: an object is expected", "spec.podTemplate.spec.containers: a list is expected"],
            new UserAllowances().Check(new MockServerSpec { PodTemplate = Mocks.Json("""{"metadata":{"labels":["a"]},"spec":{"containers":{"name":"runtime"}}}""") }).Select(static problem => problem.ToString()));

    [Fact]
    public void Priority_classes_of_Kubernetes_itself_are_refused_wherever_they_are_named()
    {
        Assert.Equal("priorityClassName", Assert.Single(new UserAllowances().Check(new MockServerSpec { PriorityClassName = "system-cluster-critical" })).Path);
        Assert.Empty(new UserAllowances().Check(new MockServerSpec { PriorityClassName = "high" }));
    }

    [Fact]
    public void What_is_told_of_a_hostile_template_is_bounded()
    {
        string fields = string.Join(',', Enumerable.Range(0, 1000).Select(static number => $"\"{new string('x', 10_000)}{number}\":1"));

        IReadOnlyList<SpecProblem> problems = new UserAllowances().Check(new MockServerSpec { PodTemplate = Mocks.Json($"{{{fields}}}") });

        Assert.Equal(8, problems.Count);
        Assert.All(problems, static problem => Assert.True(problem.ToString().Length < 400, problem.ToString()));
    }
}
