import { label, pointer } from "../explain.js";
import type { Fix, Operation } from "../rules/rule.js";
import { isIndex, isSamePlace, type Place } from "./place.js";

/** Puts another value in the place of one. */
export function write(place: Place, value: unknown): Fix {
  return { title: `Write ${code(value)}.`, operations: [{ op: "replace", path: pointer(place.keys), value }] };
}

/** Puts a value where there is none. */
export function add(place: Place, value: unknown): Fix {
  const title = `Add \`${JSON.stringify(place.key)}: ${brief(value)}\`.`;
  return { title, operations: [{ op: "add", path: pointer(place.keys), value }] };
}

export function leaveOut(place: Place): Fix {
  const title = `Leave out ${named(place, place.keys)}.`;
  return { title, operations: [{ op: "remove", path: pointer(place.keys) }] };
}

/** Gives a value another place; what `before` adds is there by then. */
export function move(place: Place, from: readonly string[], to: readonly string[], before: Operation[] = []): Fix {
  const renames = isSamePlace(from.slice(0, -1), to.slice(0, -1));
  const title = renames
    ? `Rename \`${from.at(-1)}\` to \`${to.at(-1)}\`.`
    : `Move ${named(place, from)} to ${named(place, to)}.`;
  return { title, operations: [...before, { op: "move", from: pointer(from), path: pointer(to) }] };
}

/** A path as people write it, from the widget or the app that it is in. */
function named({ file, root }: Place, keys: readonly string[]): string {
  const skipped = file === "widgets.json" || Array.isArray(root) ? 1 : 0;
  return label(keys.slice(skipped).map((key) => (isIndex(key) ? Number(key) : key)));
}

function code(value: unknown): string {
  return typeof value === "object" && value !== null && brief(value) === "…" ? "it as a list" : `\`${brief(value)}\``;
}

const LONGEST = 60;

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  if (text.length <= LONGEST) return text;
  return typeof value === "string" ? `${text.slice(0, LONGEST - 2)}…"` : "…";
}
