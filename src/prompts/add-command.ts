import type { AddRequest } from "../plan/edit/add.js";
import { PLACE_OPTIONS, PROJECT, WIDGET_OPTIONS } from "../plan/edit/options.js";
import { flagName } from "../plan/options.js";
import { shellQuote } from "../plan/shell.js";

/**
 * The command that adds the same widget without questions.
 *
 * @param project the folder of the project as the user gave it, if at all
 * @param install false when what is new was not to be installed
 */
export function addCommand({ specs: [widget], noApp, ...place }: AddRequest, project?: string, install = true): string {
  const given: Record<string, unknown> = {
    ...widget,
    answers: Object.entries(widget?.answers ?? {}).map((pair) => pair.join("=")),
    ...place,
    project,
  };
  const words = [...WIDGET_OPTIONS, ...PLACE_OPTIONS, PROJECT].flatMap((option) =>
    [given[option.key] ?? []].flat().flatMap((value) => [flagName(option), String(value)]),
  );
  return [
    "npx",
    "create-openbb-backend",
    "add-widget",
    ...words,
    ...(noApp ? ["--no-app"] : []),
    ...(install ? [] : ["--no-install"]),
  ]
    .map((word) => shellQuote(word))
    .join(" ");
}
