import { describe, expect, it } from "vitest";
import { resolveWidgets } from "../../src/plan/widgets.js";

const params = [{ paramName: "symbol", type: "text" as const, value: "AAPL" }];

describe("an endpoint with placeholders", () => {
  it("is taken where they are parameters of the widget", () => {
    const [widget] = resolveWidgets([{ type: "metric", id: "quote", endpoint: "stock/{symbol}/quote", params }]);
    expect(widget?.definition.endpoint).toBe("stock/{symbol}/quote");
  });

  it("is refused where there is no such parameter", () => {
    expect(() => resolveWidgets([{ type: "metric", id: "quote", endpoint: "stock/{ticker}", params }])).toThrow(
      'The endpoint of "quote" has {ticker}, and there is no parameter of that name.',
    );
  });

  it("is refused for types that are asked in other ways", () => {
    expect(() => resolveWidgets([{ type: "omni", id: "ask", endpoint: "ask/{symbol}" }])).toThrow(
      'The endpoint of "ask" has a placeholder, which the type omni cannot have.',
    );
  });

  it("leaves its placeholders out of where choices are served", () => {
    const sector = { paramName: "sector", type: "endpoint" as const };
    const [widget] = resolveWidgets([
      { type: "table", id: "quote", endpoint: "stock/{symbol}/quote", params: [...params, sector] },
    ]);
    expect(widget?.definition.params?.flat()[1]?.optionsEndpoint).toBe("stock/quote/quote_sector");
  });
});
