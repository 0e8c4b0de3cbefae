import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readJson } from "../src/openbb/files.js";
import { generateTypes, isHandlerFile } from "../src/openbb/typegen/generate.js";

const root = new URL("..", import.meta.url);

/** Paths of the generated files whose text is not what widgets.json and the handler files call for. */
export function staleFiles(): string[] {
  return stale().map(([path]) => path);
}

/** Writes the generated files that are out of date, and tells which. */
export function writeTypes(): string[] {
  return stale().map(([path, text]) => {
    writeFileSync(new URL(path, root), text);
    return path;
  });
}

function stale(): [string, string][] {
  const widgets = readJson(new URL("widgets.json", root));
  const handlers = readdirSync(new URL("src/widgets/", root)).filter(isHandlerFile);
  return Object.entries(generateTypes(widgets, handlers)).filter(([path, text]) => {
    const url = new URL(path, root);
    // Git may have checked the file out with CRLF.
    return !existsSync(url) || readFileSync(url, "utf8").replaceAll("\r\n", "\n") !== text;
  });
}
