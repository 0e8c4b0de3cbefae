import { describe, expect, it } from "vitest";
import type { CompletionItem } from "vscode-json-languageservice";
import { validateWidgets } from "../../src/contract/index.js";
import { hovered, offered, problems, project } from "./editor.js";

const labels = (items: CompletionItem[]) => items.map(({ label }) => label.replaceAll('"', ""));

const widget = (more: string) =>
  `{"prices": {"name": "Prices", "description": "Daily prices", "endpoint": "prices", ${more}}}`;

describe("an editor with the schemas of a generated project", () => {
  it("has nothing to say of the project's own files", async () => {
    expect(await problems("widgets.json", project["widgets.json"]!)).toEqual([]);
    expect(await problems("apps.json", project["apps.json"]!)).toEqual([]);
    expect(await problems("agents.json", "[]")).toEqual([]);
    expect(await problems("widgets.json", "{}")).toEqual([]);
  });

  it("looks at the three files alone", async () => {
    expect(await problems("test/widgets.json", "[]")).toEqual([]);
    expect(await problems("widgets.json", "[]")).toEqual(["error: widgets.json is an object of widgets by id."]);
  });

  it.each([
    [widget('"type": "table_ssrm"'), "error: Value is not accepted."],
    ['{"a": {"name": "A", "endpoint": "a"}}', 'error: Missing property "description".'],
    [widget('"params": [{"paramName": "a", "type": "boolean", "value": "true"}]'), "error: The value of a boolean"],
    [widget('"params": [{"paramName": "a", "type": "number", "value": "many"}]'), "error: The value of a number"],
    [widget('"params": [{"type": "text"}]'), 'error: Missing property "paramName".'],
    [widget('"params": [{"paramName": "a", "type": "date", "multiple": true}]'), "error: Only a text parameter"],
    [widget('"type": "multi_file_viewer", "params": []'), "error: A multi_file_viewer needs"],
    [widget('"staleTime": 500'), "error: Value is below the minimum of 1000."],
    [widget('"sub_category": "x"'), "warning: It still works"],
    [
      widget(
        '"data": {"table": {"columnsDefs": [{"field": "a", "headerName": "A", "sparkline": {"type": "line", "options": {}}}]}}',
      ),
      'error: Missing property "customFormatter".',
    ],
    [
      widget(
        '"data": {"table": {"columnsDefs": [{"field": "a", "headerName": "A", "renderFnParams": {"colorRules": [{"condition": "gt", "value": 0, "color": "yellow"}]}}]}}',
      ),
      "error: A colour is green, red, blue, #RGB or #RRGGBB.",
    ],
  ])("underlines %s", async (text, message) => {
    const found = await problems("widgets.json", text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  it("says in words how the id of an app begins", async () => {
    const found = await problems("apps.json", '[{"name": "A", "id": "desk", "tabs": {}}]');
    expect(found).toEqual(['error: An id starts with "custom-", or is left out.']);
  });

  it("does not make people take widgets out of the groups that list them", async () => {
    const layout = '[{"name": "A", "tabs": {"": {"id": "", "name": "", "layout": [{"gro|ups": []}]}}}]';
    expect(await hovered("apps.json", layout)).toContain("Without it: those whose widgetIds name the widget");
  });

  it("offers the keys of a widget, save old ones, and explains them", async () => {
    const items = await offered("widgets.json", widget('"|"'));
    expect(labels(items)).toEqual(
      expect.arrayContaining(["params", "gridData", "data", "refetchInterval", "wsEndpoint"]),
    );
    expect(labels(items)).not.toContain("defaultViz");
    expect(labels(items)).not.toContain("columns");
    expect(items.find(({ label }) => label === "staleTime")?.documentation).toContain("milliseconds");
    expect(await hovered("widgets.json", widget('"refetch|Interval": false'))).toContain("How often");
  });

  it("offers the types with their meaning", async () => {
    const items = await offered("widgets.json", widget('"type": |'));
    expect(labels(items)).toEqual(expect.arrayContaining(["table", "ssrm_table", "advanced_charting"]));
    expect(items.find(({ label }) => label.includes("ssrm_table"))?.documentation).toContain("POST");
  });

  it("offers renderers, categories and an agent's features, with their meaning", async () => {
    const column = (value: string) => `{"a": {"data": {"table": {"columnsDefs": [{"renderFn": ${value}}]}}}}`;
    for (const value of ['"|"', '["|"]']) {
      const renderer = (await offered("widgets.json", column(value))).find(({ label }) => label === '"cellOnClick"');
      expect(JSON.stringify(renderer?.documentation)).toContain("actionType");
    }
    const categories = (await offered("widgets.json", '{"a": {"category": "|"}}')).map(({ label }) => label);
    expect(categories).toContain('"Fixed Income"');
    const features = (await offered("agents.json", '[{"features": {"|"}}]')).map(({ label }) => label);
    expect(features).toContain("widget-dashboard-select");
    expect(await hovered("agents.json", '[{"features": {"mcp|-tools": true}}]')).toContain("Only true works");
  });

  it("offers the keys that a parameter's type has, and values for them", async () => {
    const endpoint = await offered("widgets.json", widget('"params": [{"paramName": "a", "type": "endpoint", "|"}]'));
    expect(labels(endpoint)).toContain("optionsEndpoint");
    const inRow = await offered("widgets.json", widget('"params": [[{"paramName": "a", "type": "form", "|"}]]'));
    expect(labels(inRow)).toContain("inputParams");
    expect(labels(inRow)).not.toContain("optionsEndpoint");
    const date = await offered("widgets.json", widget('"params": [{"paramName": "a", "type": "date", "value": |}]'));
    expect(labels(date)).toContain("$currentDate-1M");
    const boolean = await offered(
      "widgets.json",
      widget('"params": [{"paramName": "a", "type": "boolean", "value": |}]'),
    );
    expect(labels(boolean)).toEqual(expect.arrayContaining(["true", "false"]));
  });

  it("begins widgets, parameters, columns, apps and places that Workspace accepts", async () => {
    const filled = (item: CompletionItem | undefined): unknown => {
      const text = item?.textEdit?.newText ?? item?.insertText ?? "";
      const plain = text
        .replace(/\$\{\d+:([^}]*)\}/g, "$1")
        .replace(/\$\{\d+\}|\$\d/g, "")
        .replaceAll("\\$", "$");
      return JSON.parse(plain);
    };
    const snippets = (items: CompletionItem[]) =>
      items.filter(({ label }) => label.startsWith("An ") || label.startsWith("A ") || label.startsWith("Choices"));
    const started = snippets(await offered("widgets.json", '{"new": |}'));
    expect(started).toHaveLength(5);
    for (const item of started) expect(validateWidgets({ new: filled(item) }), item.label).toEqual([]);
    const params = snippets(await offered("widgets.json", widget('"params": [|]')));
    expect(params).toHaveLength(8);
    for (const item of params) {
      const file = JSON.parse(widget('"params": []'));
      file.prices.params.push(filled(item));
      expect(validateWidgets(file), item.label).toEqual([]);
    }
    const columns = snippets(await offered("widgets.json", widget('"data": {"table": {"columnsDefs": [|]}}')));
    expect(columns).toHaveLength(6);
    const apps = snippets(await offered("apps.json", "[|]"));
    expect(labels(apps)).toEqual(["An app with one tab"]);
    const places = snippets(
      await offered("apps.json", '[{"name": "A", "tabs": {"": {"id": "", "name": "", "layout": [|]}}}]'),
    );
    expect(labels(places)).toEqual(["A widget"]);
    expect(labels(snippets(await offered("agents.json", "[|]")))).toEqual(["An agent"]);
    const fresh = (await offered("widgets.json", '{"|"}')).find(({ label }) => label === "my_widget");
    expect(fresh?.textEdit?.newText).toContain("columnsDefs");
  });
});
