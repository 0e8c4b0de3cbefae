import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HttpError } from "../../templates/project/src/openbb/errors.js";
import { type Route, RouteTable } from "../../templates/project/src/openbb/match.js";
import { stopwatch } from "../timing.js";

/** A route whose widget's id is its name. */
function route(id: string, path: string, method: "GET" | "POST" = "GET", query?: [string, string][]): Route {
  return { widget: { id }, endpoint: { path, method }, query } as unknown as Route;
}

function tableOf(...routes: Route[]): RouteTable {
  const table = new RouteTable();
  for (const one of routes) table.add(one);
  return table;
}

/** Which widget takes a request, and what it finds in its query. */
function taken(table: RouteTable, method: string, url: string): [string, Record<string, string>] | undefined {
  const [path = "", search] = url.split("?", 2);
  const query = new URLSearchParams(search);
  const found = table.find(path)?.choose(method, query);
  return found && [found.widget.id, Object.fromEntries(query)];
}

describe("the routes of widgets", () => {
  it("are matched literally, a slash at the end left out", () => {
    const table = tableOf(route("a", "/a"), route("star", "/a*"), route("colon", "/:id"));
    expect(taken(table, "GET", "/a/")).toEqual(["a", {}]);
    expect(taken(table, "GET", "/a*")?.[0]).toBe("star");
    expect(taken(table, "GET", "/:id")?.[0]).toBe("colon");
    for (const path of ["/ab", "/x", "/A", "/a/b", "//a", ""]) expect(table.find(path)).toBeUndefined();
  });

  it("fill parameters from the place of placeholders, and leave out what stands for nothing", () => {
    const table = tableOf(
      route("bars", "/stock/{symbol}/bars"),
      route("pair", "/fx/{pair}"),
      route("fixed", "/fx/all"),
    );
    expect(taken(table, "GET", "/stock/BRK.B/bars?limit=5")).toEqual(["bars", { limit: "5", symbol: "BRK.B" }]);
    expect(taken(table, "GET", "/stock/A%20B/bars")).toEqual(["bars", { symbol: "A B" }]);
    expect(taken(table, "GET", "/fx/all")).toEqual(["fixed", {}]);
    // The client puts the value in as it is: EUR/USD becomes two parts.
    expect(taken(table, "GET", "/fx/EUR/USD")).toEqual(["pair", { pair: "EUR/USD" }]);
    for (const nothing of ["undefined", "null", "%7Bsymbol%7D", ""]) {
      expect(taken(table, "GET", `/stock/${nothing}/bars`)).toEqual(["bars", {}]);
    }
    expect(() => table.find("/stock/%E0%A4%A/bars")).toThrow(HttpError);
  });

  it("differ by method and by what their endpoint has in its query", () => {
    const table = tableOf(
      route("get", "/x"),
      route("post", "/x", "POST"),
      route("daily", "/y", "GET", [["kind", "daily"]]),
      route("weekly", "/y", "GET", [["kind", "weekly"]]),
    );
    expect(taken(table, "HEAD", "/x")?.[0]).toBe("get");
    expect(taken(table, "POST", "/x")?.[0]).toBe("post");
    expect(() => taken(table, "PUT", "/x")).toThrow(/GET and POST, not PUT/);
    expect(taken(table, "GET", "/y?kind=weekly&theme=dark")?.[0]).toBe("weekly");
    expect(() => taken(table, "GET", "/y?kind=monthly")).toThrow(/nothing for this query/);
  });

  it("say which route is there already", () => {
    const table = new RouteTable();
    expect(table.add(route("a", "/x/{p}"))).toBeUndefined();
    expect(table.add(route("b", "/x/{q}"))?.widget.id).toBe("a");
  });

  it("are found in time that grows with the path, whatever the path", () => {
    const table = tableOf(route("many", "/a/{b}-{c}-{d}/{e}{f}/x"));
    const took = stopwatch();
    for (const part of ["-", "/", "a-", "x/"]) table.find(`/a/${part.repeat(8000)}`);
    expect(took()).toBeLessThan(1000);
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        try {
          table.find(path);
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError);
        }
      }),
    );
  });
});
