import type { AnyWidget } from "../../catalog/index.js";
import { CliError, EXIT } from "../../errors.js";
import { Claims } from "./routes.js";

/** What a project takes over from an existing backend. */
export interface Imported {
  widgets: AnyWidget[];
  /** Its dashboards; without them, one over all widgets is made. */
  apps?: unknown[] | undefined;
  /** What the dashboards show and the project does not have: ids of widgets, and paths of pictures. */
  elsewhere?: { widgets: string[]; pictures: string[] } | undefined;
}

export const NOTHING: Imported = { widgets: [] };

/**
 * Imported widgets, and then those that the answers ask for.
 *
 * @throws CliError with exit code 2 when an id, a file or an endpoint is there twice
 */
export function combined(imported: AnyWidget[], own: AnyWidget[]): AnyWidget[] {
  const taken = new Set(imported.flatMap(({ id, file }) => [id.toLowerCase(), (file ?? id).toLowerCase()]));
  const twice = own.find(({ id }) => taken.has(id.toLowerCase()));
  if (twice) {
    throw new CliError(EXIT.usage, `The imported file has the widget "${twice.id}" too.`, "Give yours another id.");
  }
  const claims = new Claims();
  for (const widget of imported) if (widget.file !== null) claims.take(widget);
  for (const widget of imported.length > 0 ? own : []) {
    const why = claims.take(widget);
    if (why)
      throw new CliError(EXIT.usage, `The widget "${widget.id}" cannot be added: ${why}.`, "Give it another endpoint.");
  }
  return [...imported, ...own];
}

/** A text of somebody else's for a line on the terminal: short, and without anything that a terminal acts on. */
export function plainText(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ");
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}
