import { sampleFields } from "../../catalog/columns.js";
import type { CatalogTypeName, Widget } from "../../catalog/index.js";
import { endpointPath } from "../../typegen/paths.js";
import { formRoute, optionsRoutes } from "../../typegen/routes.js";
import type { ParamShape } from "../../typegen/shape.js";
import { render } from "../render.js";
import type { ExpressHost } from "./detect.js";
import { foreignShapes, readParam, selectorOf } from "./params.js";

/** Types that need more than a router: a WebSocket server, a query engine or a whole feed of prices. */
export const NEEDS_A_PROJECT: CatalogTypeName[] = ["live_grid", "advanced_charting", "ssrm_table", "ssrm_advanced"];

const POSTED = ["omni", "multi_file_viewer"];
/** Types whose sample is drawn from made-up prices. */
const PRICED = ["chart", "chart-highcharts", "chart-vegalite", "metric", "markdown", "html", "iframe", "omni"];

/** How the answer of a type is sent, if not with `res.json`, line by line; `$` is what makes it. */
const SENDS: Partial<Record<CatalogTypeName, string[]>> = {
  html: ['res.type("html").send($);'],
  youtube: ['res.type("text").send($);'],
  pdf: ['res.setHeader("Content-Type", "application/pdf");', "res.end($);"],
  multi_file_viewer: [
    "// Workspace takes no other content type, not even with a charset.",
    'res.setHeader("Content-Type", "application/json");',
    "res.end(JSON.stringify($));",
  ],
  iframe: [
    "// The page stands in a frame of Workspace.",
    'res.removeHeader("X-Frame-Options");',
    'res.setHeader("Content-Security-Policy", FRAMED_BY);',
    'res.type("html").send($);',
  ],
};

/** Where a page is asked for raw data too. */
const PAGE_OR_ROWS = [
  "const page = $;",
  'if (typeof page === "string") res.type("html").send(page);',
  "else res.json(page);",
];

/** The lines between the answer and the routes. */
const FRAME_LINES = [
  "/** The pages that may show this one in a frame. */",
  "const FRAMED_BY =",
  "  \"frame-ancestors 'self' https://pro.openbb.co https://pro.openbb.dev \" +",
  '  "https://excel.openbb.co http://localhost:1420";',
];
const FILE_LINES = [
  "const FILES = [",
  '  { title: "First note", link: "first.md" },',
  '  { title: "Second note", link: "second.md" },',
  "];",
];

/**
 * The file that answers for a widget in somebody else's Express project: a router with no dependency but Express,
 * written in the language and the module system of the project. It works with Express 4 and 5.
 *
 * @param answered paths of choices that another widget answers
 * @returns its text, with LF
 */
export function routerText(widget: Widget, host: ExpressHost, answered: Set<string>): string {
  const { id, definition } = widget;
  const { type } = definition;
  const ts = host.language === "typescript";
  const shapes = foreignShapes(widget);
  const params = shapes.map(readParam);
  const post = POSTED.includes(type);
  const form = formRoute(definition);
  const read = `readParams(${post ? "bodyOf" : "queryOf"}(req))`;
  const made = `await answer(${params.length > 0 ? read : ""})`;
  const answer = render(`foreign/types/${type === "iframe" ? "html" : type}`, answerData(widget, shapes)).trimEnd();
  const uses = new Set(params.flatMap((param) => param.uses));
  if (params.length > 0) uses.add(post ? "fromBody" : "fromQuery");
  if (PRICED.includes(type)) uses.add("prices").add("random");
  if (/\brandom\(/.test(answer)) uses.add("random");
  if (type === "pdf" || type === "multi_file_viewer") uses.add("pdf");
  if (type === "file_viewer") uses.add("fromQuery").add("wrong");
  if (/\bwrong\(/.test(answer)) uses.add("wrong");
  const raw = type === "html" && shapes.some(({ name }) => name === "raw");
  return render("foreign/router", {
    ...words(host, post || form !== undefined),
    ts,
    id,
    params: params.length > 0 ? params : undefined,
    argument: /\bparams\b/.test(answer) ? "params" : "_params",
    comment: render("foreign/comment", {
      description: definition.description,
      extra: `The widget "${id}" of widgets.json. Sample data: put your own source in its place.`,
    }).trimEnd(),
    answer,
    helpers: helpersOf(widget),
    path: endpointPath(definition.endpoint),
    post,
    readsRequest: params.length > 0,
    send: (raw ? PAGE_OR_ROWS : (SENDS[type] ?? ["res.json($);"])).join("\n    ").replace("$", () => made),
    options: optionsRoutes(definition)
      .filter(({ path }) => !answered.has(path))
      .map(({ param, path }) => ({ path, choices: choicesOf(shapes, param) })),
    form: form && { path: form.path, put: form.method === "PUT" },
    more: type === "file_viewer" ? render("foreign/file", { path: filePath(widget) }).trimEnd() : undefined,
    uses: Object.fromEntries([...USES].map((name) => [name, uses.has(name)])),
  });
}

const USES = [
  ...["fromQuery", "fromBody", "text", "list", "choice", "number", "boolean", "date", "day"],
  ...["random", "prices", "pdf", "wrong"],
];

/** Where a file of a file list is read. */
export function filePath({ definition }: Widget): string {
  const { fileEndpoint, endpoint } = definition;
  return endpointPath(fileEndpoint ?? `${endpoint}/file`);
}

/** The choices of a parameter in a sample: its default, and a few more. */
export function choicesOf(shapes: ParamShape[], param: string): string[] {
  const fallback = [shapes.find(({ name }) => name === param)?.fallback ?? []].flat().filter((value) => value !== "");
  return [...new Set([...fallback.map(String), "First", "Second", "Third"])];
}

/** How the file begins and ends. */
function words({ language, modules }: ExpressHost, takesBodies: boolean) {
  const names = `${takesBodies ? "json, " : ""}Router`;
  if (modules === "import-require") {
    const types = ["NextFunction", "Request", "Response", "Router"].map((name) => `type ${name} = express.${name};`);
    const imports = ['import express = require("express");', "", `const { ${names} } = express;`, ...types].join("\n");
    return { imports, exports: "export = router;" };
  }
  if (modules === "require") {
    return { imports: `const { ${names} } = require("express");`, exports: "module.exports = router;" };
  }
  const types = 'import type { NextFunction, Request, Response } from "express";\n';
  return {
    imports: `${language === "typescript" ? types : ""}import { ${names} } from "express";`,
    exports: "export default router;",
  };
}

/** What the sample of a type needs to know. */
function answerData(widget: Widget, shapes: ParamShape[]): Record<string, unknown> {
  const { id, definition } = widget;
  const single = (name: string, kind: string) =>
    shapes.some((shape) => shape.name === name && shape.kind === kind && !shape.many);
  const given = (name: string) => shapes.find((shape) => shape.name === name)?.fallback !== undefined;
  const has = {
    symbol: single("symbol", "string") && given("symbol"),
    theme: single("theme", "string"),
    raw: single("raw", "boolean"),
    video:
      shapes.some(({ name, choices }) => name === "video" && !choices) && single("video", "string") && given("video"),
  };
  const fields = definition.type === "table" ? tableFields(widget) : undefined;
  const prompt = ["prompt", "query"].find((name) => single(name, "string"));
  return {
    id,
    has,
    params: shapes.length > 0,
    // Anything that changes the question changes the answer.
    symbol: has.symbol ? "String(params.symbol)" : shapes.length > 0 ? "JSON.stringify(params)" : '"AAPL"',
    columns: fields,
    random: fields?.some(({ code }) => /\bnext\(/.test(code)),
    heading: `## ${definition.name}`,
    note: noteText(definition),
    title: has.symbol
      ? `${JSON.stringify(`${definition.name}: `)} + String(params.symbol)`
      : JSON.stringify(definition.name),
    asked: prompt === undefined ? '"nothing"' : `params.${prompt} ?? ""`,
    selector: selectorOf(widget),
  };
}

function tableFields(widget: Widget) {
  const fields = sampleFields(widget.definition.data, []);
  return fields && fields.length > 0
    ? fields
    : [
        { field: "name", code: '"Row " + (index + 1)' },
        { field: "value", code: "Math.round(next() * 1000)" },
      ];
}

/** Workspace takes `storage.html`, else `data.html`. */
function noteText({ storage, data, name }: Widget["definition"]): string {
  const texts = [storage?.html, (data as Record<string, unknown> | undefined)?.html];
  return texts.find((text): text is string => typeof text === "string" && text !== "") ?? name;
}

/** What stands between the answer and the routes. */
function helpersOf(widget: Widget): string | undefined {
  const { type } = widget.definition;
  if (type === "iframe") return FRAME_LINES.join("\n");
  if (type === "file_viewer") return FILE_LINES.join("\n");
  if (type !== "multi_file_viewer") return undefined;
  const files = choicesOf(foreignShapes(widget), selectorOf(widget) ?? "");
  return `const FILES = [${files.map((file) => JSON.stringify(file)).join(", ")}];`;
}
