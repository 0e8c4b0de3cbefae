import type { ProjectFile } from "./files.js";

/** What is judged: widgets.json and apps.json among the files of a project. */
export type Judged = Pick<ProjectFile, "path" | "text">[];

/** A manifest of the project, parsed; null when it is not among the files. */
export function manifestOf(files: Judged, name: string): unknown {
  return JSON.parse(files.find(({ path }) => path === name)?.text ?? "null");
}
