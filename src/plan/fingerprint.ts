import { createHash } from "node:crypto";
import { idProblem } from "./names.js";

/*
 * What the contract says of our own definitions cannot change after the build, so the build asks it (build/verdicts.ts)
 * and notes the fingerprint of each one that is in order. A run that makes nothing else need not load the contract,
 * which takes 15 ms. A fingerprint covers all of a definition save texts of which any passes; where one would not,
 * there is no fingerprint.
 */

/** The fingerprint of an entry of widgets.json, whatever its id, name, description and categories are. */
export function widgetFingerprint(id: string, definition: unknown): string | undefined {
  const { name, description, category = "", subCategory = "", endpoint, ...rest } = asObject(definition);
  const plain = areTexts(name, description, category, subCategory);
  return plain && endpoint === id && idProblem(id) === undefined ? fingerprint("widget", rest) : undefined;
}

/**
 * The fingerprint of an apps.json, whatever the name and the description of its one app are, over just these widgets:
 * what is said of one may rest on the other.
 */
export function appsFingerprint(apps: unknown, widgets: unknown): string | undefined {
  if (!Array.isArray(apps) || apps.length !== 1) return undefined;
  const { name, description, ...app } = asObject(apps[0]);
  const each = Object.entries(asObject(widgets)).map(([id, definition]) => [id, widgetFingerprint(id, definition)]);
  if (!areTexts(name, description) || each.some(([, one]) => one === undefined)) return undefined;
  return fingerprint("app", { app, each });
}

function fingerprint(kind: string, rest: object): string {
  return createHash("sha256")
    .update(kind + JSON.stringify(rest))
    .digest("hex");
}

function areTexts(...values: unknown[]): boolean {
  return values.every((value) => typeof value === "string");
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
