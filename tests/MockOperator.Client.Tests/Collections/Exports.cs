using System.Text;
using System.Text.Json.Nodes;

namespace MockOperator.Client.Tests.Collections;

/// <summary>Documents as Postman exports them.</summary>
internal static class Exports
{
    /// <summary>Two examples of one request, in a folder.</summary>
    public const string Small = """
        {
        	"info": {
        		"_postman_id": "5f1e7c9a-2b8d-4c53-9a7e-3d0b6f4a8e21",
        		"name": "Petstore",
        		"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        	},
        	"item": [
        		{
        			"name": "pets",
        			"item": [
        				{
        					"name": "A pet",
        					"request": { "method": "GET", "header": [], "url": { "raw": "https://pets.example.com/pets/:id", "host": ["pets", "example", "com"], "path": ["pets", ":id"] } },
        					"response": [
        						{
        							"name": "Rex",
        							"originalRequest": { "method": "GET", "header": [], "url": { "raw": "https://pets.example.com/pets/1", "path": ["pets", "1"] } },
        							"code": 200,
        							"header": [],
        							"body": "{\"name\": \"Rex\"}"
        						},
        						{
        							"name": "None",
        							"originalRequest": { "method": "GET", "header": [], "url": { "raw": "https://pets.example.com/pets/0", "path": ["pets", "0"] } },
        							"code": 404,
        							"header": [],
        							"body": ""
        						}
        					]
        				},
        				{
        					"name": "New pet",
        					"request": { "method": "POST", "header": [], "url": "https://pets.example.com/pets" },
        					"response": []
        				},
        				{
        					"name": "Remove",
        					"request": { "method": "DELETE", "header": [], "url": "https://pets.example.com/pets/:id" }
        				}
        			]
        		}
        	]
        }
        """;

    /// <summary>A collection of one example, of exactly so many bytes, that does not compress.</summary>
    public static byte[] OfSize(int bytes)
    {
        const string Before = """{"info":{"name":"Large"},"item":[{"name":"one","request":{"method":"GET","url":"http://x/one"},"response":[{"name":"One","code":200,"body":" """;
        const string After = """ "}]}]}""";
        var document = new byte[bytes];
        var random = new Random(bytes);
        document.AsSpan().Fill((byte)'x');
        for (var index = Before.Length; index < bytes - After.Length; index++)
            document[index] = (byte)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"[random.Next(64)];
        Encoding.UTF8.GetBytes(Before, document);
        Encoding.UTF8.GetBytes(After, document.AsSpan(bytes - After.Length));
        return document;
    }

    /// <summary>An environment of one variable.</summary>
    public static string Environment(string name, string key, string value, string type = "default") => new JsonObject
    {
        ["name"] = name,
        ["values"] = new JsonArray(new JsonObject { ["key"] = key, ["value"] = value, ["type"] = type, ["enabled"] = true }),
    }.ToJsonString();
}
