import { basename, dirname, join, relative, resolve } from "node:path";
import { CliError, EXIT, type ExitCode } from "../errors.js";
import { adoptSources } from "../plan/foreign/sources.js";
import { RECORD_FILE } from "../plan/record.js";
import { readProject } from "../project/read.js";
import { create } from "./create.js";
import type { Flags } from "./gather.js";
import type { CommandContext } from "./program.js";

/**
 * `adopt`: makes a project of ours beside a folder that has a widgets.json, with an endpoint for each of its widgets and
 * its dashboards. The folder itself is not changed.
 *
 * @param folder the existing backend
 * @param directory where the project goes; beside the folder, `-openbb` after its name, when left out
 * @returns the exit code
 */
export async function adopt(
  folder: string,
  directory: string | undefined,
  flags: Flags,
  context: CommandContext,
): Promise<ExitCode> {
  const root = resolve(folder);
  const state = await readProject(root);
  if (Object.hasOwn(state.files, RECORD_FILE)) {
    throw new CliError(EXIT.refused, `${root} is a project of this tool already.`, "Use add-widget in it.");
  }
  const { widgets, apps } = adoptSources(state);
  const path = (file: string) => relative(process.cwd(), join(root, file)) || file;
  const beside = directory ?? (relative(process.cwd(), join(dirname(root), `${basename(root)}-openbb`)) || ".");
  const sources = { from: path(widgets), ...(apps === undefined ? {} : { apps: path(apps) }) };
  return create(beside, { ...flags, ...sources }, context);
}
