namespace MockOperator.PostmanApi.Tests.Playing;

/// <summary>What people bring from Postman.</summary>
internal static class Samples
{
    public static string Collection(string name = "Pets", string? id = null) => $$$"""
        {
          "info": {"name": "{{{name}}}", "description": "Animals.", {{{(id is null ? "" : $"\"_postman_id\": \"{id}\", ")}}}"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
          "item": [
            {
              "name": "Dogs",
              "item": [
                {
                  "name": "List dogs", "id": "5daabc50-8451-43f6-922d-96b403b4f28e",
                  "request": {"method": "GET", "url": {"raw": "{{baseUrl}}/dogs", "host": ["{{baseUrl}}"], "path": ["dogs"]} },
                  "response": [{"name": "Two dogs", "originalRequest": {"method": "GET", "url": "{{baseUrl}}/dogs"}, "code": 200, "status": "OK", "header": [], "body": "[1,2]"}]
                }
              ]
            },
            {
              "name": "Health",
              "request": {"method": "GET", "url": "{{baseUrl}}/health"},
              "response": [{"name": "Well", "originalRequest": {"method": "GET", "url": "{{baseUrl}}/health"}, "code": 200, "status": "OK", "header": [], "body": "{}"}]
            }
          ],
          "variable": [{"key": "baseUrl", "value": "https://pets.example"}]
        }
        """;

    public static string Environment(string name = "Staging", string type = "default") => $$$"""
        {"environment":{"name":"{{{name}}}","values":[{"key":"host","value":"staging.example","enabled":true,"type":"{{{type}}}","description":"Where."},{"key":"port","value":"8080","enabled":false,"type":"default"}]}}
        """;
}
