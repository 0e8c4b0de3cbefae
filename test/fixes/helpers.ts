import fc from "fast-check";
import { type Node, parseTree } from "jsonc-parser";
import { patched } from "../../src/contract/fixes/index.js";
import { type Backend, type BackendFinding, validateBackend } from "../../src/contract/rules/index.js";
import { checkFiles } from "../../src/validate/check.js";
import { applyFixes } from "../../src/validate/fix.js";
import type { CheckedFile } from "../../src/validate/report.js";

const PARTS = { "widgets.json": "widgets", "apps.json": "apps", "agents.json": "agents" } as const;

/** "code path" of findings. */
export const named = (findings: readonly BackendFinding[]): string[] =>
  findings.map(({ code, path }) => `${code} ${path}`);

/** The backend after one fix. */
export function after(backend: Backend, { file, fix, code }: BackendFinding): Backend {
  const result = fix && patched(backend[PARTS[file]], fix.operations);
  if (!result) throw new Error(`The fix of ${code} cannot be applied.`);
  return { ...backend, [PARTS[file]]: result.value };
}

/** The backend with all mends made, one at a time. */
export function mended(backend: Backend): { backend: Backend; titles: string[]; left: BackendFinding[] } {
  const titles: string[] = [];
  let now = backend;
  let left = validateBackend(now);
  for (let next = left.find(({ fix }) => fix); next && titles.length < 500; next = left.find(({ fix }) => fix)) {
    titles.push(next.fix?.title ?? "");
    now = after(now, next);
    left = validateBackend(now);
  }
  return { backend: now, titles, left };
}

/** The text of every value of a file, by its pointer. */
export function valuesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (node: Node, path: string) => {
    found.set(path, text.slice(node.offset, node.offset + node.length));
    for (const [index, child] of (node.children ?? []).entries()) {
      const [key, value] = child.type === "property" ? (child.children ?? []) : [undefined, child];
      const step = key ? String(key.value).replaceAll("~", "~0").replaceAll("/", "~1") : String(index);
      if (value) walk(value, `${path}/${step}`);
    }
  };
  const root = parseTree(text);
  if (root) walk(root, "");
  return found;
}

export const widgets = (text: string): CheckedFile => ({ file: "widgets.json", name: "widgets.json", text });
export const apps = (text: string): CheckedFile => ({ file: "apps.json", name: "apps.json", text });
export const json = (text: string) => JSON.parse(text.replace(/^\ufeff/, ""));
export const run = (...files: CheckedFile[]) => applyFixes(files, checkFiles("", files).findings);
export const fixed = (text: string) => run(widgets(text)).files[0]?.text;

/** A value as different tools and people write it. */
export const written = fc
  .record({
    unit: fc.constantFrom("  ", "\t", ""),
    eol: fc.constantFrom("\n", "\r\n"),
    bom: fc.constantFrom("", "\ufeff"),
  })
  .map(
    ({ unit, eol, bom }) =>
      (value: unknown) =>
        bom + JSON.stringify(value, null, unit).replaceAll("\n", eol),
  );
