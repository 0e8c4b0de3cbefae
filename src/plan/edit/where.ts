import { CliError, EXIT } from "../../errors.js";
import { adoptSources } from "../foreign/sources.js";
import { RECORD_FILE } from "../record.js";
import type { ProjectState } from "../state.js";

/** Where the files stand that describe a backend. */
export interface Manifests {
  /** Whether this tool made the project. */
  ours: boolean;
  widgets: string;
  apps?: string;
}

/**
 * Finds the manifests of a project, ours or somebody else's.
 *
 * @throws CliError with exit code 3 when there is no widgets.json, or the only one is that of a project of ours in a
 * folder below
 */
export function manifestsOf(state: ProjectState): Manifests {
  if (Object.hasOwn(state.files, RECORD_FILE)) return { ours: true, widgets: "widgets.json", apps: "apps.json" };
  const sources = adoptSources(state);
  const folder = sources.widgets.slice(0, -"/widgets.json".length);
  if (!Object.hasOwn(state.files, `${folder}/${RECORD_FILE}`)) return { ours: false, ...sources };
  throw new CliError(
    EXIT.refused,
    "There is no widgets.json in this folder.",
    `There is a backend in ${folder}: run this there, or name it with --project.`,
  );
}
