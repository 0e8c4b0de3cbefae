import { type CreateAnswers, completeAnswers, type PartialAnswers } from "../../src/plan/answers.js";
import { projectFiles } from "../../src/plan/files.js";

export const SURROUNDINGS = { packageManager: "npm", cwdName: "here" } as const;

/** Whole answers, with every default. */
export function answers(given: PartialAnswers = {}): CreateAnswers {
  return completeAnswers({ directory: "desk", ...given }, SURROUNDINGS, true);
}

/** The text of every file of a project, by path. */
export function tree(given: PartialAnswers = {}): Record<string, string> {
  return Object.fromEntries(projectFiles(answers(given), "0.0.0-test").map(({ path, text }) => [path, text]));
}
