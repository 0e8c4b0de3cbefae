import type { Finding } from "../contract/findings.js";

/** Whether a finding on a new project matters: defaults that Workspace does not send are filled in by its runtime. */
export function worthTelling({ severity, code }: Finding): boolean {
  return severity === "error" || (severity === "warning" && code !== "default-not-sent");
}

const MOST = 8;
const ALL = "npx create-openbb-backend validate";

/** Warnings for a result that is about more than these: the first of them, and where to read the others. */
export function briefly(warnings: string[]): string[] {
  if (warnings.length <= MOST) return warnings;
  return [...warnings.slice(0, MOST), `… and ${warnings.length - MOST} more. All of them: ${ALL}`];
}

/** Warnings about files that the user brought along, in a sentence: they may know, and it is not ours to go on about. */
export function inShort(warnings: string[]): string[] {
  if (warnings.length === 0) return [];
  const places = warnings.length === 1 ? "one place" : `${warnings.length} places`;
  return [`Workspace connects, but what was taken over fails or misleads in ${places}. They are told by: ${ALL}`];
}
