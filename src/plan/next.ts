import { type CreateAnswers, DEFAULT_PORT } from "./answers.js";
import { MANAGERS } from "./managers.js";
import { flagName, PROJECT_OPTIONS } from "./options.js";
import { shellQuote } from "./shell.js";
import { formatWidgetSpec } from "./spec.js";

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
    'More widgets: README.md, under "Add a widget"',
  ];
}

/**
 * The command that gives the same project without questions.
 *
 * @returns undefined when the widgets have keys that only a config file can carry
 */
export function headlessCommand(answers: CreateAnswers): string | undefined {
  const specs = answers.widgets.map(formatWidgetSpec);
  if (specs.some((spec) => spec === undefined)) return undefined;
  const words = ["npx", "create-openbb-backend", answers.directory.replace(/^-/, "./-")];
  for (const option of PROJECT_OPTIONS) {
    const value = option.key === "widgets" ? specs : answers[option.key as keyof CreateAnswers];
    if (value === undefined || (option.key === "port" && value === DEFAULT_PORT)) continue;
    if (option.kind === "boolean") words.push(flagName(option, value));
    else for (const one of [value].flat()) words.push(flagName(option), String(one));
  }
  return words.map((word) => shellQuote(word)).join(" ");
}
