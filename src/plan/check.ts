import { inOrder } from "virtual:verdicts";
import type { CreateAnswers } from "./answers.js";
import { briefly, inShort } from "./findings.js";
import { appsFingerprint, widgetFingerprint } from "./fingerprint.js";
import { type Judged, manifestOf } from "./manifests.js";

/**
 * Holds what would be written against what Workspace accepts, before anything is written. What is known since this
 * program was built is not asked again.
 *
 * @param files the files of the project, widgets.json, apps.json and all handlers among them
 * @param imported whether widgets of an existing backend are among them
 * @returns warnings, and throws, as `judgeManifest` does
 */
export async function checkManifest(
  files: Judged,
  answers: Pick<CreateAnswers, "widgets">,
  imported = false,
): Promise<string[]> {
  if (isInOrder(manifestOf(files, "widgets.json"), manifestOf(files, "apps.json"))) return [];
  const [{ judgeManifest }, { handlersById }] = await Promise.all([
    import("./judge.js"),
    import("./edit/handler-files.js"),
  ]);
  const state = { files: Object.fromEntries(files.map(({ path, text }) => [path, { text }])) };
  const warnings = judgeManifest(files, answers, [...handlersById(state).keys()]);
  return imported ? inShort(warnings) : briefly(warnings);
}

/** Whether the contract had nothing to say of all this when this program was built. */
function isInOrder(widgets: unknown, apps: unknown): boolean {
  if (typeof widgets !== "object" || widgets === null) return false;
  const all = Object.entries(widgets).map(([id, definition]) => widgetFingerprint(id, definition));
  return [...all, appsFingerprint(apps, widgets)].every((one) => one !== undefined && inOrder.has(one));
}
