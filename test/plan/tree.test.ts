import { names as schemas, textOf as schemaText } from "virtual:schemas";
import { groups, templatesOf } from "virtual:templates";
import { describe, expect, it } from "vitest";
import { CATALOG_TYPES, sampleOf } from "../../src/catalog/index.js";
import { validateApps, validateWidgets } from "../../src/contract/index.js";
import type { PartialAnswers } from "../../src/plan/answers.js";
import { tree } from "./helpers.js";

/** A tree as text: the path of every file, and the content of those that are not the same in every project. */
function picture(files: Record<string, string>): string {
  const verbatim = new Set<unknown>([
    ...groups.flatMap((group) => Object.values(templatesOf(group))),
    ...schemas.map(schemaText),
  ]);
  return Object.entries(files)
    .filter(([path]) => path !== "openbb-backend.json")
    .map(([path, text]) => (verbatim.has(text) ? `=== ${path} (as in templates)\n` : `=== ${path}\n${text}`))
    .join("\n");
}

const SCENARIOS: Record<string, PartialAnswers> = {
  "all six types": {},
  "pnpm, an API key, nothing optional": {
    packageManager: "pnpm",
    auth: "api-key",
    docker: false,
    ci: "none",
    port: 8000,
    origins: ["https://desk.example.com"],
    widgets: [{ type: "table" }],
  },
  "own columns and parameters": {
    category: "Equity",
    widgets: [
      {
        type: "table",
        id: "orders",
        name: "Orders",
        description: "Every order of the desk. */ Not a comment's end.",
        params: [{ paramName: "client", type: "text" }],
        data: {
          table: {
            columnsDefs: [
              { field: "order id", headerName: "Order" },
              { field: "__proto__", headerName: "`${x}` {{y}}", cellDataType: "text" },
              { field: "day", headerName: "Day" },
              { field: "filled", headerName: "Filled", cellDataType: "boolean" },
              { field: "share", headerName: "Share", formatterFn: "normalizedPercent" },
              { field: "price", headerName: "Price", cellDataType: "number" },
              { field: "path", headerName: "Path", sparkline: { type: "line" } },
            ],
          },
        },
      },
      { type: "chart", id: "plain", params: [], raw: false },
      { type: "html", id: "page", params: [], raw: false },
      { type: "newsfeed", id: "news", params: [] },
    ],
  },
};

describe("the files of a project", () => {
  for (const [name, given] of Object.entries(SCENARIOS)) {
    it(`with ${name}`, async () => {
      await expect(picture(tree(given))).toMatchFileSnapshot(`__snapshots__/${name.replaceAll(/\W+/g, "-")}.txt`);
    });
  }

  it("are the same for the same answers", () => {
    expect(tree()).toEqual(tree());
  });

  it("differ in no more than the widget and the files of its type from one type to the next", () => {
    const templates = groups.flatMap((group) => Object.keys(templatesOf(group)));
    const common = CATALOG_TYPES.map((type) => {
      const layers = [`widgets/${type}/`, ...(sampleOf({ type }).parts ?? []).map((part) => `parts/${part}/`)];
      const own = layers.flatMap((layer) =>
        templates.filter((path) => path.startsWith(layer)).map((path) => path.slice(layer.length)),
      );
      return Object.keys(tree({ widgets: [{ type, id: "only" }] })).filter((path) => !own.includes(path));
    });
    for (const paths of common) expect(paths).toEqual(common[0]);
  });

  it("hold no times, no secrets and no path of this machine", () => {
    for (const [path, text] of Object.entries(tree({ auth: "api-key" }))) {
      expect(text, path).not.toContain(process.cwd());
      expect(text, path).not.toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d/);
      expect(text, path).not.toMatch(/API_KEY=[\w-]{20,}/);
      expect(text.endsWith("\n"), `${path} ends with a line break`).toBe(true);
      expect(text, path).not.toContain("\r");
    }
  });

  it("are what Workspace accepts, without a warning", () => {
    const files = tree();
    expect(validateWidgets(JSON.parse(files["widgets.json"] as string))).toEqual([]);
    expect(validateApps(JSON.parse(files["apps.json"] as string))).toEqual([]);
  });
});
