import { type AnyWidget, handlerFile, kindOf, sampleOf } from "../../catalog/index.js";
import { CliError, EXIT } from "../../errors.js";
import { asRecord } from "../../typegen/shape.js";
import { packageJson, pinned } from "../files.js";
import { isObject } from "../json/align.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import { sortedKeys } from "../record.js";
import { type Project, plainTextOf, type Writes } from "./project.js";

const SECTIONS = ["dependencies", "devDependencies"] as const;
type Section = (typeof SECTIONS)[number];

/** The packages that the samples of some widgets need, by the section of package.json. */
function packagesOf(widgets: AnyWidget[]): Record<Section, string[]> {
  const samples = widgets.filter((widget) => handlerFile(widget) !== undefined).map((one) => sampleOf(kindOf(one)));
  const of = (section: Section) => [...new Set(samples.flatMap((sample) => sample[section] ?? []))];
  return { dependencies: of("dependencies"), devDependencies: of("devDependencies") };
}

/**
 * Adds the packages that new widgets need and package.json lacks, each in its place of the sorted list.
 *
 * @param whole whether the runtime came to another release, so that all that the project needs is looked for
 * @returns the names that were added, and sentences for the user
 */
export function addPackages(
  project: Project,
  widgets: AnyWidget[],
  whole: boolean,
  writes: Writes,
): { packages: string[]; warnings: string[] } {
  const { text, value } = readPackage(project);
  const needed = packagesOf(widgets);
  if (whole) {
    const core = packageJson(project.record.answers, widgets);
    for (const section of SECTIONS) needed[section] = Object.keys(asRecord(core[section]));
  }
  const has = (section: string, name: string) => Object.hasOwn(asRecord(value[section]), name);
  const everywhere = [...SECTIONS, "optionalDependencies", "peerDependencies"];
  const next = { ...value };
  const packages: string[] = [];
  for (const section of SECTIONS) {
    const missing = needed[section].filter((name) => !everywhere.some((one) => has(one, name)));
    if (missing.length === 0) continue;
    packages.push(...missing);
    next[section] = sortedKeys({ ...asRecord(value[section]), ...Object.fromEntries(missing.map(pinned)) });
  }
  if (packages.length > 0) {
    writes.set("package.json", {
      text: rewriteJson(text, next, "package.json"),
      why: `it needs ${packages.join(", ")}`,
    });
  }
  const misplaced = needed.dependencies.filter((name) => has("devDependencies", name) && !has("dependencies", name));
  return {
    packages,
    warnings: misplaced.map(
      (name) => `${name} stands in devDependencies of package.json, and is needed at run time: move it.`,
    ),
  };
}

/**
 * Takes out the packages that this tool added and that nothing needs any longer.
 *
 * @param added the names that this tool added
 * @param widgets those that remain
 * @param sources the texts of all code that remains
 * @returns the names that this tool added and that remain
 */
export function removePackages(
  project: Project,
  added: string[],
  widgets: AnyWidget[],
  sources: string[],
  writes: Writes,
): string[] {
  if (added.length === 0) return [];
  const needed = packagesOf(widgets);
  const stays = (name: string) =>
    SECTIONS.some((section) => needed[section].includes(name)) || sources.some((text) => mentions(text, name));
  const { text, value } = readPackage(project);
  const gone = added.filter((name) => !stays(name) && !stays(typedBy(name)));
  if (gone.length === 0) return added;
  const next = { ...value };
  for (const section of SECTIONS) {
    if (!isObject(value[section])) continue;
    next[section] = Object.fromEntries(Object.entries(value[section]).filter(([name]) => !gone.includes(name)));
  }
  writes.set("package.json", {
    text: rewriteJson(text, next, "package.json"),
    why: `nothing needs ${gone.join(", ")} any longer`,
  });
  return added.filter((name) => !gone.includes(name));
}

function readPackage({ state }: Project): { text: string; value: Record<string, unknown> } {
  const text = plainTextOf(state, "package.json");
  const value = text === undefined ? undefined : parseJson(text, "package.json");
  if (text !== undefined && isObject(value)) return { text, value };
  throw new CliError(
    EXIT.refused,
    "There is no package.json that holds an object.",
    "Bring it back, from Git perhaps.",
  );
}

/** Whether a code text has a package's name, or a path in it, between quotes. */
function mentions(text: string, name: string): boolean {
  return ['"', "'", "`"].some((mark) => text.includes(`${mark}${name}${mark}`) || text.includes(`${mark}${name}/`));
}

/** The package that a package of types is for: `@types/ws` is for `ws`, and useless without. */
function typedBy(name: string): string {
  return name.startsWith("@types/") ? name.slice("@types/".length).replace("__", "/") : name;
}
