using SkyCompat.Contracts;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>What no published description covers: the state of operations, and the price list.</summary>
internal static class ArmDescriptions
{
    /// <summary>Azure Resource Manager, "Track asynchronous Azure operations".</summary>
    public static ApiDescription Operations { get; } = ContractSpecs.Parse("arm-operations", """
        {
          "swagger": "2.0", "info": { "title": "Operations", "version": "2024-03-01" }, "host": "management.azure.com", "schemes": [ "https" ], "consumes": [ "application/json" ], "produces": [ "application/json" ],
          "paths": {
            "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/operations/{operationId}": {
              "get": {
                "operationId": "Operations_Get",
                "parameters": [
                  { "name": "subscriptionId", "in": "path", "required": true, "type": "string" }, { "name": "location", "in": "path", "required": true, "type": "string" },
                  { "name": "operationId", "in": "path", "required": true, "type": "string" }, { "name": "api-version", "in": "query", "required": true, "type": "string" },
                  { "name": "p", "in": "query", "required": false, "type": "string" }, { "name": "monitor", "in": "query", "required": false, "type": "string" }
                ],
                "responses": {
                  "200": { "description": "", "schema": { "$ref": "#/definitions/Operation" } }, "202": { "description": "" },
                  "default": { "description": "", "schema": { "$ref": "#/definitions/CloudError" } }
                }
              }
            }
          },
          "definitions": {
            "Operation": {
              "required": [ "status" ],
              "properties": {
                "id": { "type": "string" }, "name": { "type": "string" }, "startTime": { "type": "string", "format": "date-time" }, "endTime": { "type": "string", "format": "date-time" },
                "percentComplete": { "type": "number" }, "error": { "$ref": "#/definitions/ErrorBody" }, "status": { "type": "string" }
              }
            },
            "CloudError": { "properties": { "error": { "$ref": "#/definitions/ErrorBody" } } },
            "ErrorBody": {
              "required": [ "code", "message" ],
              "properties": { "code": { "type": "string" }, "message": { "type": "string" }, "target": { "type": "string" }, "details": { "type": "array", "items": { "$ref": "#/definitions/ErrorBody" } } }
            }
          }
        }
        """);

    /// <summary>Azure Retail Prices REST API overview.</summary>
    public static ApiDescription Prices { get; } = ContractSpecs.Parse("arm-retail-prices", """
        {
          "swagger": "2.0", "info": { "title": "Prices", "version": "2023-01-01-preview" }, "host": "prices.azure.com", "schemes": [ "https" ], "consumes": [ "application/json" ], "produces": [ "application/json" ],
          "paths": {
            "/api/retail/prices": {
              "get": {
                "operationId": "Prices_List",
                "parameters": [
                  { "name": "$filter", "in": "query", "required": false, "type": "string" }, { "name": "currencyCode", "in": "query", "required": false, "type": "string", "pattern": "^'[A-Z]{3}'$" },
                  { "name": "$skip", "in": "query", "required": false, "type": "integer" }, { "name": "api-version", "in": "query", "required": false, "type": "string" }
                ],
                "responses": { "200": { "description": "", "headers": { "x-ms-request-id": { "type": "string" }, "x-ms-correlation-request-id": { "type": "string" } }, "schema": { "$ref": "#/definitions/Page" } }, "default": { "description": "", "headers": { "x-ms-request-id": { "type": "string" }, "x-ms-correlation-request-id": { "type": "string" }, "retry-after": { "type": "string" } } } }
              }
            }
          },
          "definitions": {
            "Page": {
              "required": [ "Items" ],
              "properties": {
                "BillingCurrency": { "type": "string" }, "CustomerEntityId": { "type": "string" }, "CustomerEntityType": { "type": "string" }, "NextPageLink": { "type": "string", "x-nullable": true },
                "Count": { "type": "integer" }, "Items": { "type": "array", "items": { "$ref": "#/definitions/Price" } }
              }
            },
            "Price": {
              "required": [ "currencyCode", "retailPrice", "unitOfMeasure", "armSkuName", "productName", "skuName", "type" ],
              "properties": {
                "currencyCode": { "type": "string" }, "tierMinimumUnits": { "type": "number" }, "retailPrice": { "type": "number" }, "unitPrice": { "type": "number" }, "armRegionName": { "type": "string" },
                "location": { "type": "string" }, "effectiveStartDate": { "type": "string", "format": "date-time" }, "effectiveEndDate": { "type": "string", "format": "date-time" }, "meterId": { "type": "string" },
                "meterName": { "type": "string" }, "productId": { "type": "string" }, "skuId": { "type": "string" }, "productName": { "type": "string" }, "skuName": { "type": "string" },
                "serviceName": { "type": "string" }, "serviceId": { "type": "string" }, "serviceFamily": { "type": "string" }, "unitOfMeasure": { "type": "string" }, "type": { "type": "string" },
                "isPrimaryMeterRegion": { "type": "boolean" }, "armSkuName": { "type": "string" }, "reservationTerm": { "type": "string" }
              }
            }
          }
        }
        """);
}
