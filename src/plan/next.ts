import { PRESET_NAMES, PRESETS, type PresetName } from "../catalog/index.js";
import { type CreateAnswers, DEFAULT_PORT } from "./answers.js";
import { RECORD_FILE } from "./files.js";
import { MANAGERS } from "./managers.js";
import { flagName, PROJECT_OPTIONS } from "./options.js";
import { shellQuote } from "./shell.js";
import { formatWidgetSpec, type WidgetSpec } from "./spec.js";

/**
 * What to do after creating, a line each.
 *
 * @param folder the project's folder as a `cd` from here would have it; empty when it is this one
 * @param installed whether the dependencies are in place
 */
export function nextSteps(answers: CreateAnswers, folder: string, installed: boolean): string[] {
  const manager = MANAGERS[answers.packageManager];
  const key = answers.auth === "api-key" ? ", with the header X-API-KEY and the key in .env" : "";
  return [
    ...(folder === "" ? [] : [`cd ${shellQuote(folder)}`]),
    ...(installed ? [] : [manager.install]),
    manager.run("dev"),
    `In Workspace, connect http://localhost:${answers.port}${key}`,
    "More widgets: npx create-openbb-backend add-widget",
  ];
}

/** The preset that has just these widgets, where naming it is much shorter than naming them. */
function presetOf(widgets: WidgetSpec[]): PresetName | undefined {
  const text = JSON.stringify(widgets);
  return PRESET_NAMES.find((name) => JSON.stringify(PRESETS[name].widgets) === text && widgets.length > 6);
}

/**
 * The command that gives the same project without questions.
 *
 * @param config the file that has the widgets, where they have keys that only a file can carry: the project's own
 * record unless another is given
 */
export function headlessCommand(answers: CreateAnswers, config?: string): string {
  const directory = answers.directory.replace(/^-/, "./-");
  const preset = presetOf(answers.widgets);
  const formatted = preset ? [] : answers.widgets.map(formatWidgetSpec);
  const inFile = formatted.includes(undefined);
  const specs = inFile ? [] : formatted;
  const words = ["npx", "create-openbb-backend", directory];
  if (inFile) words.push("--config", config ?? `${directory.replace(/\/+$/, "")}/${RECORD_FILE}`);
  for (const option of PROJECT_OPTIONS) {
    const value = { ...answers, widgets: specs, preset }[option.key as keyof CreateAnswers];
    if (value === undefined || (option.key === "port" && value === DEFAULT_PORT)) continue;
    if (option.kind === "boolean") words.push(flagName(option, value));
    else for (const one of [value].flat()) words.push(flagName(option), String(one));
  }
  return words.map((word) => shellQuote(word)).join(" ");
}
