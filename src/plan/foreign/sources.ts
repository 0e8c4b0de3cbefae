import { CliError, EXIT } from "../../errors.js";
import type { ProjectState } from "../state.js";

/** Folders in which a project keeps what it serves, besides its root. */
const FOLDERS = [
  "",
  "public/",
  "src/",
  "static/",
  "app/",
  "config/",
  "backend/",
  "server/",
  "api/",
  "data/",
  "openbb/",
];

/**
 * Finds the files that describe a backend: in the root, in a folder of a usual name, else in any, the least deep first.
 *
 * @returns the paths; `apps` is the one beside widgets.json, if there are several
 * @throws CliError with exit code 3 when there is no widgets.json
 */
export function adoptSources({ files, links = [] }: ProjectState): { widgets: string; apps?: string } {
  const find = (name: string, folders: string[]) => {
    const rest = Object.keys(files)
      .filter((path) => path.endsWith(`/${name}`) && !/(^|\/)tests?\//.test(path))
      .sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
    return [...folders.map((folder) => folder + name), ...rest].find((path) => Object.hasOwn(files, path));
  };
  const widgets = find("widgets.json", FOLDERS);
  if (widgets === undefined && links.includes("widgets.json")) {
    throw new CliError(
      EXIT.refused,
      "The widgets.json of this folder is a symbolic link, and links are not followed.",
      "Run this in the folder where the file itself is, or name that with --project.",
    );
  }
  if (widgets === undefined) {
    throw new CliError(
      EXIT.refused,
      "There is no widgets.json in this folder.",
      "Run this in the folder of a backend, or name it with --project; npx create-openbb-backend makes a new one.",
    );
  }
  const apps = find("apps.json", [widgets.slice(0, -"widgets.json".length), ...FOLDERS]);
  return apps === undefined ? { widgets } : { widgets, apps };
}
