using System.Net;
using System.Text;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Tests.Client;

/// <summary>The texts are those of real servers.</summary>
public sealed class ApiErrorTests
{
    private const string NoCauses = "";

    [Theory]
    [InlineData(404, "NotFound", "widgets \"a\" not found", ApiFailure.NotFound)]
    [InlineData(409, "AlreadyExists", "services \"a\" already exists", ApiFailure.AlreadyExists)]
    [InlineData(409, "Conflict", "Apply failed with 1 conflict: conflict with \"kubectl\": .data.key", ApiFailure.Conflict)]
    [InlineData(410, "Expired", "too old resource version: 1 (2)", ApiFailure.Expired)]
    [InlineData(400, "BadRequest", "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string", ApiFailure.Rejected)]
    [InlineData(422, "Invalid", "something is off", ApiFailure.Rejected)]
    [InlineData(500, "", "failed to create typed patch object: .spec.rules[0].cors: field not declared in schema", ApiFailure.Rejected)]
    [InlineData(401, "Unauthorized", "Unauthorized", ApiFailure.Forbidden)]
    [InlineData(403, "Forbidden", "deployments.apps \"a\" is forbidden: User \"system:serviceaccount:x:y\" cannot patch resource \"deployments\" in API group \"apps\" in the namespace \"demo\"", ApiFailure.Forbidden)]
    [InlineData(429, "TooManyRequests", "Too many requests, please try again later.", ApiFailure.Unavailable)]
    [InlineData(500, "InternalError", "Internal error occurred: failed calling webhook \"w.example.com\": connection refused", ApiFailure.Unavailable)]
    [InlineData(503, "ServiceUnavailable", "the server is currently unable to handle the request", ApiFailure.Unavailable)]
    [InlineData(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", ApiFailure.Other)]
    public void Each_refusal_is_of_a_kind(int code, string reason, string message, ApiFailure expected) =>
        Assert.Equal(expected, Read(code, reason, message, NoCauses).Kind);

    [Fact]
    public void Only_a_422_that_names_fields_is_final() =>
        Assert.Equal(ApiFailure.Invalid, Read(422, "Invalid", "Deployment.apps \"a\" is invalid: spec.template: Required value", """{"reason":"FieldValueRequired","message":"Required value","field":"spec.template"}""").Kind);

    [Theory]
    [InlineData(400, "", "admission webhook \"images.example.com\" denied the request: no latest")]
    [InlineData(403, "Forbidden", "admission webhook \"images.example.com\" denied the request: no latest")]
    [InlineData(409, "Conflict", "admission webhook \"images.example.com\" denied the request: no latest")]
    [InlineData(422, "Invalid", "admission webhook \"images.example.com\" denied the request: no latest")]
    [InlineData(422, "Invalid", "deployments.apps \"a\" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'images' denied request: no latest")]
    [InlineData(401, "Unauthorized", "deployments.apps \"a\" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'images' denied request: no latest")]
    [InlineData(403, "Forbidden", "pods \"a\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2")]
    [InlineData(403, "Forbidden", "pods \"a\" is forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot != true")]
    public void A_policy_denies_whatever_code_it_chooses(int code, string reason, string message) =>
        // A ValidatingAdmissionPolicy adds a cause that names no field, a webhook whatever it likes.
        Assert.Equal(ApiFailure.Denied, Read(code, reason, message, """{"message":"no latest","field":"spec.template"}""").Kind);

    [Fact]
    public void What_is_left_out_of_an_error_does_not_change_its_kind()
    {
        var denied = Read(400, "", "admission webhook \"w\" denied the request: hunter2", NoCauses).WithoutText();
        Assert.Equal(ApiFailure.Denied, denied.Kind);
        Assert.DoesNotContain("hunter2", denied.ToString(), StringComparison.Ordinal);
    }

    private static ApiError Read(int code, string reason, string message, string cause) => ApiError.Read(
        Encoding.UTF8.GetBytes($$$"""
            {"kind":"Status","status":"Failure","code":{{{code}}},"reason":"{{{reason}}}","message":{{{System.Text.Json.JsonSerializer.Serialize(message)}}},"details":{"causes":[{{{cause}}}]}}
            """),
        (HttpStatusCode)code);
}
