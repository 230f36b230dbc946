using System.Text.Json.Nodes;

namespace MockOperator.Cli.Benchmarks;

/// <summary>Objects as a cluster has them that was used: applied with kubectl, written by the operator, and with the API server's books of who owns which field.</summary>
internal static class ReadyObjects
{
    private const int OrdinaryContent = 8 * 1024;
    private const int LargeContent = 256 * 1024;

    private const string Books = """
        [
          {"manager": "kubectl-client-side-apply", "operation": "Update", "apiVersion": "mockoperator.dev/v1alpha1", "time": "2026-11-02T10:00:00Z", "fieldsType": "FieldsV1", "fieldsV1": {
            "f:metadata": {"f:annotations": {".": {}, "f:kubectl.kubernetes.io/last-applied-configuration": {}}, "f:labels": {".": {}, "f:team": {}, "f:app.kubernetes.io/part-of": {}}},
            "f:spec": {".": {}, "f:collectionRef": {".": {}, "f:name": {}, "f:version": {}}, "f:displayName": {}, "f:replicas": {}, "f:private": {}}}},
          {"manager": "mock-operator-status", "operation": "Apply", "apiVersion": "mockoperator.dev/v1alpha1", "time": "2026-11-02T10:00:10Z", "fieldsType": "FieldsV1", "subresource": "status", "fieldsV1": {
            "f:status": {"f:observedGeneration": {}, "f:url": {}, "f:replicas": {}, "f:readyReplicas": {}, "f:acknowledgedReplicas": {}, "f:exampleCount": {}, "f:revision": {}, "f:selector": {}, "f:collection": {"f:name": {}, "f:version": {}}, "f:calls": {"f:answered": {}},
              "f:conditions": {
                "k:{\"type\":\"Ready\"}": {".": {}, "f:type": {}, "f:status": {}, "f:reason": {}, "f:message": {}, "f:lastTransitionTime": {}, "f:observedGeneration": {}},
                "k:{\"type\":\"ContentResolved\"}": {".": {}, "f:type": {}, "f:status": {}, "f:reason": {}, "f:message": {}, "f:lastTransitionTime": {}, "f:observedGeneration": {}},
                "k:{\"type\":\"Stalled\"}": {".": {}, "f:type": {}, "f:status": {}, "f:reason": {}, "f:message": {}, "f:lastTransitionTime": {}, "f:observedGeneration": {}}}}}}
        ]
        """;

    /// <summary>A mock that serves a collection of its own.</summary>
    public static JsonObject Mock(int number) => Parse($$$"""
        {
          "apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockServer",
          "metadata": {
            "name": "mock-{{{number:0000}}}", "namespace": "demo", "generation": 3, "creationTimestamp": "2026-11-02T10:00:00Z", "labels": {"team": "payments", "app.kubernetes.io/part-of": "shop"},
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{\"apiVersion\":\"mockoperator.dev/v1alpha1\",\"kind\":\"MockServer\",\"metadata\":{\"name\":\"mock-{{{number:0000}}}\",\"namespace\":\"demo\"},\"spec\":{\"collectionRef\":{\"name\":\"payments-{{{number:0000}}}\",\"version\":\"v2\"},\"displayName\":\"Payments {{{number}}}\",\"replicas\":1}}\n"},
            "managedFields": {{{Books}}}
          },
          "spec": {"displayName": "Payments {{{number}}}", "collectionRef": {"name": "payments-{{{number:0000}}}", "version": "v2"}, "replicas": 1, "private": {{{(number % 3 == 0 ? "true" : "false")}}}},
          "status": {
            "observedGeneration": 3, "url": "http://mock-{{{number:0000}}}-mock.demo.svc", "replicas": 1, "readyReplicas": 1, "acknowledgedReplicas": 1, "exampleCount": 24, "collection": {"name": "payments-{{{number:0000}}}", "version": "v2"},
            "calls": {"answered": {{{number * 7}}}}, "revision": "5f1d0f3c9be4a7d2", "selector": "mockoperator.dev/mock-server=mock-{{{number:0000}}}",
            "conditions": [
              {"type": "Ready", "status": "{{{(number % 20 == 0 ? "False" : "True")}}}", "reason": "{{{(number % 20 == 0 ? "CollectionInvalid" : "Ready")}}}", "message": "It serves 24 examples.", "lastTransitionTime": "2026-11-02T10:00:10Z", "observedGeneration": 3},
              {"type": "ContentResolved", "status": "True", "reason": "Resolved", "message": "The collection was read.", "lastTransitionTime": "2026-11-02T10:00:05Z", "observedGeneration": 3},
              {"type": "Stalled", "status": "False", "reason": "Working", "message": "", "lastTransitionTime": "2026-11-02T10:00:05Z", "observedGeneration": 3}
            ]
          }
        }
        """);

    /// <summary>The collection of a mock, with its content inline; each twenty-fifth, and so one on each page, is large.</summary>
    public static JsonObject Collection(int number) => Parse($$$"""
        {
          "apiVersion": "mockoperator.dev/v1alpha1", "kind": "Collection",
          "metadata": {"name": "payments-{{{number:0000}}}", "namespace": "demo", "generation": 1, "creationTimestamp": "2026-11-02T09:00:00Z", "annotations": {"mockoperator.dev/display-name": "Payments {{{number}}}"}},
          "spec": {"postman": {"info": {"name": "Payments {{{number}}}", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": [{{{Items(number % 25 == 0 ? LargeContent : OrdinaryContent)}}}]}, "versions": [{"tag": "v1", "postman": {"info": {"name": "Payments"}, "item": []}}, {"tag": "v2", "postman": {"info": {"name": "Payments"}, "item": []}}]},
          "status": {"observedGeneration": 1, "exampleCount": 24, "conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "message": "It has 24 examples.", "lastTransitionTime": "2026-11-02T09:00:01Z"}]}
        }
        """);

    /// <summary>A quota of the namespace.</summary>
    /// <param name="mocks">How many mocks it counts.</param>
    public static JsonObject Quota(int mocks) => Parse($$$"""
        {
          "apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockQuota", "metadata": {"name": "calls", "namespace": "demo", "generation": 1}, "spec": {"calls": 1000000},
          "status": {"observedGeneration": 1, "limit": 1000000, "used": 3496500, "coveredMocks": {{{mocks}}}, "resetsAt": "2026-12-01T00:00:00Z"}
        }
        """);

    private static string Items(int bytes) => string.Join(',', Enumerable.Range(0, bytes / 400).Select(static i => $$$$"""
        {"name": "Payment {{{{i}}}}", "request": {"method": "GET", "url": {"raw": "https://payments.example.com/payments/{{{{i}}}}", "path": ["payments", "{{{{i}}}}"]}},
         "response": [{"name": "settled", "code": 200, "header": [{"key": "Content-Type", "value": "application/json"}], "body": "{\"id\":\"7b6f\",\"state\":\"settled\",\"amount\":{\"value\":1299,\"currency\":\"EUR\"}}"}]}
        """));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
