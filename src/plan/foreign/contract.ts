import type { Widget } from "../../catalog/index.js";
import { endpointPath } from "../../typegen/paths.js";
import { formRoute, optionsRoutes } from "../../typegen/routes.js";
import type { ParamShape } from "../../typegen/shape.js";
import { type ExampleAnswer, exampleAnswer } from "./examples.js";
import { foreignShapes } from "./params.js";

/**
 * What a backend in any language must answer for a widget: lines of plain text, with an example of each request and
 * answer.
 *
 * @param answered paths of choices that another widget answers already
 */
export function contractLines(widget: Widget, answered: Set<string>): string[] {
  const { definition } = widget;
  const shapes = foreignShapes(widget);
  const options = optionsRoutes(definition).filter(({ path }) => !answered.has(path));
  const form = formRoute(definition);
  const lines = [
    `${definition.name} (${definition.type})`,
    "",
    ...exampleAnswer(widget, shapes).flatMap((answer, index) => [
      ...callLines(widget, answer, shapes),
      ...(index === 0 ? paramLines(shapes) : []),
      ...answerLines(answer),
      "",
    ]),
    ...options.flatMap(({ param, path }) => [
      `GET ${path}`,
      `  The choices of ${JSON.stringify(param)}. Answer, as application/json:`,
      `  ${JSON.stringify([
        { label: "First", value: "first" },
        { label: "Second", value: "second" },
      ])}`,
      "",
    ]),
    ...(form ? formLines(form) : []),
    'Errors: any status from 400 on, with a JSON body such as {"detail": "There is no such symbol."}',
  ];
  // These are printed: a name must not move the cursor of the terminal.
  return lines.map((line) => line.replace(/\p{Cc}/gu, " "));
}

function callLines({ definition }: Widget, { method, path, body }: ExampleAnswer, shapes: ParamShape[]): string[] {
  const asked = path ?? endpointPath(definition.endpoint);
  const query =
    path === undefined && (method === "GET" || definition.type.startsWith("ssrm")) ? exampleQuery(shapes) : "";
  return [
    `${method} ${asked}${query}`,
    ...(body === undefined ? [] : [`  Body, as application/json: ${JSON.stringify(body)}`]),
  ];
}

/** The question with every default that Workspace would send. */
function exampleQuery(shapes: ParamShape[]): string {
  const sent = shapes.flatMap(({ name, kind, fallback }): [string, string][] => {
    const text = String(exampleValue(kind, fallback) ?? "");
    return fallback && text !== "" ? [[name, text]] : [];
  });
  return sent.length > 0 ? `?${new URLSearchParams(sent)}` : "";
}

/** A default as it is sent: dates as days. */
export function exampleValue(kind: ParamShape["kind"], fallback: ParamShape["fallback"]): ParamShape["fallback"] {
  return kind === "date" && typeof fallback === "string" && fallback.startsWith("$") ? "2026-01-31" : fallback;
}

function paramLines(shapes: ParamShape[]): string[] {
  if (shapes.length === 0) return [];
  const width = Math.max(...shapes.map(({ name }) => name.length));
  return [
    "  Parameters. Workspace leaves out what is empty, 0 or false, also as a default; lists are joined by commas:",
    ...shapes.map(({ name, kind, many, choices, fallback }) => {
      const what = many
        ? "list of texts"
        : { string: "text", number: "number", boolean: "true or false", date: "date, YYYY-MM-DD" }[kind];
      const words = [
        what,
        ...(choices ? [`one of ${choices.slice(0, 12).join(", ")}${choices.length > 12 ? ", …" : ""}`] : []),
        ...(fallback === undefined || fallback === "" ? [] : [`by default ${[fallback].flat().join(",") || "none"}`]),
      ];
      return `    ${name.padEnd(width)}  ${words.join("; ")}`;
    }),
  ];
}

function answerLines({ says, answer }: ExampleAnswer): string[] {
  const text = typeof answer === "string" ? answer : compact(JSON.stringify(answer, null, 2) ?? "");
  return [`  Answer, ${says}`, ...text.split("\n").map((line) => `    ${line}`)];
}

/** Lists of plain values on one line. */
function compact(json: string): string {
  return json.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner: string) => `[${inner.replace(/\n\s*/g, " ")}]`);
}

function formLines({ method, path, shapes }: NonNullable<ReturnType<typeof formRoute>>): string[] {
  const body = Object.fromEntries(
    shapes.map(({ name, kind, many }) => [name, many ? ["First"] : kind === "boolean" ? false : "text"]),
  );
  return [
    `${method} ${path}`,
    `  The form. Body, as application/json: ${JSON.stringify(body)}`,
    '  Answer, as application/json (an error too, with any status from 400 on): {"message": "Received."}',
    "",
  ];
}
