using System.Text;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>Rules of the dialects that few or none of the descriptions use, on a small one.</summary>
public sealed class SchemaRuleTests
{
    private const string Zoo = """
        {
          "swagger": "2.0", "info": { "version": "1" }, "consumes": ["application/json"],
          "paths": { "/animals/{name}": {
            "put": { "operationId": "Put", "parameters": [
              { "name": "name", "in": "path", "type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]+$" },
              { "name": "api-version", "in": "query", "type": "string", "required": true },
              { "name": "body", "in": "body", "required": true, "schema": { "$ref": "#/definitions/Animal" } } ], "responses": { "200": {} } },
            "patch": { "operationId": "Patch", "parameters": [
              { "name": "body", "in": "body", "schema": { "$ref": "#/definitions/Animal" } } ], "responses": { "200": {} } } } },
          "definitions": {
            "Animal": { "type": "object", "discriminator": "kind", "required": ["kind"], "properties": {
              "kind": { "type": "string" },
              "id": { "type": "string", "readOnly": true },
              "cage": { "type": "string", "x-ms-mutability": ["read", "create"] },
              "mood": { "type": "string", "x-ms-mutability": ["read", "update"] },
              "colour": { "type": "string", "enum": ["red"], "x-ms-enum": { "name": "Colour", "modelAsString": true } },
              "size": { "type": "string", "enum": ["small"], "x-ms-enum": { "name": "Size", "modelAsString": false } },
              "age": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 200 },
              "names": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "type": "string" } } } },
            "Cat": { "x-ms-discriminator-value": "cat", "allOf": [{ "$ref": "#/definitions/Animal" }], "required": ["lives"], "properties": { "lives": { "type": "integer" } } },
            "Dog": { "x-ms-discriminator-value": "dog", "allOf": [{ "$ref": "#/definitions/Animal" }], "properties": { "barks": { "type": "boolean" } } } } }
        """;

    private static readonly ContractChecker Checker = new(ContractSpecs.Parse("zoo", Zoo));

    [Theory]
    [InlineData("PUT", """{"kind":"cat","lives":9}""", "")]
    [InlineData("PUT", """{"kind":"cat"}""", "Missing body.lives")]
    [InlineData("PUT", """{"kind":"dog","lives":9}""", "Undeclared body.lives")]
    [InlineData("PUT", """{"kind":"cow"}""", "EnumValue body.kind")]
    [InlineData("PUT", """{}""", "Missing body.kind")]
    [InlineData("PUT", """{"kind":"dog","id":"1"}""", "ReadOnly body.id")]
    [InlineData("PUT", """{"kind":"dog","cage":"a"}""", "")]
    [InlineData("PATCH", """{"kind":"dog","cage":"a"}""", "ReadOnly body.cage")]
    [InlineData("PATCH", """{"kind":"dog","mood":"a"}""", "")]
    [InlineData("PUT", """{"kind":"dog","mood":"a"}""", "ReadOnly body.mood")]
    [InlineData("PUT", """{"kind":"dog","colour":"blue"}""", "")]
    [InlineData("PUT", """{"kind":"dog","size":"large"}""", "EnumValue body.size")]
    [InlineData("PUT", """{"kind":"dog","age":201}""", "Limit body.age")]
    [InlineData("PUT", """{"kind":"dog","age":2147483648}""", "Mistyped body.age,Limit body.age")]
    [InlineData("PUT", """{"kind":"dog","age":1.5}""", "Mistyped body.age")]
    [InlineData("PUT", """{"kind":"dog","names":[]}""", "Limit body.names")]
    [InlineData("PUT", """{"kind":"dog","names":["a",1]}""", "Mistyped body.names[1]")]
    [InlineData("PUT", """{"kind":"dog","Age":1}""", "Undeclared body.Age")]
    [InlineData("PUT", """["dog"]""", "Mistyped body")]
    [InlineData("PUT", """{"kind":""", "Format body")]
    public void Body_IsCheckedByTheRulesOfSwagger(string method, string body, string expected) =>
        Check(method, "/animals/rex", body, method == "PUT" ? "1" : null).ShouldBe(expected);

    [Theory]
    [InlineData("/animals/r", "1", "Limit path name")]
    [InlineData("/animals/REXES", "1", "Pattern path name")]
    [InlineData("/ANIMALS/rex", "1", "")]
    [InlineData("/animals/rex", null, "Missing query api-version")]
    [InlineData("/animals/rex", "2", "EnumValue query api-version")]
    [InlineData("/plants/rex", "1", "NoOperation path")]
    public void Address_IsChecked(string path, string? version, string expected) => Check("PUT", path, """{"kind":"dog"}""", version).ShouldBe(expected);

    private static string Check(string method, string path, string body, string? version)
    {
        var (_, violations) = Checker.CheckRequest(new ContractRequest
        {
            Method = method,
            Path = path,
            Query = version is null ? [] : [new("api-version", version)],
            Headers = [new("Content-Type", "application/json")],
            Body = Encoding.UTF8.GetBytes(body),
            HasBody = true,
        });
        return string.Join(',', violations.Select(violation => $"{violation.Kind} {violation.Place}"));
    }
}
