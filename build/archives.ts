import { brotliCompressSync, constants } from "node:zlib";
import { PRESETS, sampleOf } from "../src/catalog/index.ts";
import type { Program } from "../src/plan/template.ts";
import { ascii } from "./light.ts";

/** Templates by group (src/plan/groups.ts), and by their path below `templates/`. */
export type Groups = Record<string, Record<string, string | Program>>;

/** Puts a file beside the bundle. @returns code that reads it */
export type Emit = (fileName: string, source: string | Uint8Array) => string;

/**
 * Code for an array of `{ groups, open }`: `open` gives the templates of these groups, by group.
 *
 * What most projects take is a file of JSON, which is parsed faster than code. The rest is packed into another, since it
 * makes up half of the templates: to unpack it takes 3 ms when it is asked for.
 *
 * @param emit left out, all stands in the code itself
 */
export function archivesCode(groups: Groups, emit?: Emit): string {
  const isUsual = usual();
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(groups).filter(([group]) => isUsual(group) === wanted));
  if (!emit) return `[${archive(groups, JSON.stringify(groups))}]`;
  // Node reads and parses ASCII at twice the speed.
  const json = (some: Groups) => Buffer.from(ascii(JSON.stringify(some)));
  const [often, seldom] = [part(true), part(false)];
  const plain = `parse(${emit("templates/usual.json", json(often))})`;
  const packed = `parse(unpack(${emit("templates/others.json.br", pack(json(seldom)))}))`;
  return `[${archive(often, plain)}, ${archive(seldom, packed)}]`;
}

function archive(groups: Groups, open: string): string {
  return `{ groups: ${JSON.stringify(Object.keys(groups))}, open: once(() => (${open})) }`;
}

/** Tells the groups that every project takes, that options add, and that the widgets of `--yes` need. */
function usual(): (group: string) => boolean {
  const needed = PRESETS.starter.widgets.flatMap(({ type }) => [
    `widgets/${type}`,
    ...(sampleOf({ type }).parts ?? []).map((part) => `parts/${part}`),
  ]);
  const names = new Set(["project", ...needed]);
  return (group) => names.has(group) || group.startsWith("options/");
}

function pack(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}
