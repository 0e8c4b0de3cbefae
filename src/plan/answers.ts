import { CATALOG_TYPES, PRESETS, type PresetName, type Widget } from "../catalog/index.js";
import { CliError, EXIT } from "../errors.js";
import { directoryProblem, nameProblem, slug } from "./names.js";
import type { OptionSpec, PackageManager } from "./options.js";
import type { WidgetSpec } from "./spec.js";
import { resolveWidgets, textProblem } from "./widgets.js";

/** Everything that decides what a project looks like. The same answers always give the same files. */
export interface CreateAnswers {
  /** Where the project goes, as the user wrote it. */
  directory: string;
  name: string;
  widgets: WidgetSpec[];
  /** The widgets.json, and the apps.json, of a backend whose widgets are taken over: files or URLs. */
  from?: string;
  apps?: string;
  /** Whether entries of it that Workspace would reject are mended. */
  fix?: boolean;
  category?: string;
  subCategory?: string;
  port: number;
  origins: string[];
  auth: "none" | "api-key";
  docker: boolean;
  ci: "github" | "none";
  packageManager: PackageManager;
  install: boolean;
  git: boolean;
}

/** `preset` stands for its widgets, before any others. */
export type PartialAnswers = Partial<CreateAnswers> & { preset?: PresetName };

export const DEFAULT_DIRECTORY = "my-openbb-backend";
export const DEFAULT_PORT = 7779;

/** What the machine says: used only for defaults. */
export interface Surroundings {
  /** The package manager that runs us, else npm. */
  packageManager: PackageManager;
  /** The name of the working directory, for `create-openbb-backend .` */
  cwdName: string;
}

/** The project's name when none is given: from the directory, as npm would have it. */
export function defaultName(directory: string | undefined, { cwdName }: Surroundings): string {
  const last =
    (directory ?? DEFAULT_DIRECTORY)
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? "";
  const name = slug(last === "." || last === "" || last === ".." ? cwdName : last, "-");
  return nameProblem(name) === undefined ? name : DEFAULT_DIRECTORY;
}

/** The answers with the preset's widgets in place of its name. */
export function withPreset({ preset, ...given }: PartialAnswers): PartialAnswers {
  if (preset === undefined) return given;
  return { ...given, widgets: [...PRESETS[preset].widgets, ...(given.widgets ?? [])] };
}

/**
 * Fills in every default. With `--yes`, the directory and the widgets have defaults too.
 *
 * @throws CliError with exit code 2: answers are missing (the message lists the flags to give), or one is wrong
 */
export function completeAnswers(given: PartialAnswers, surroundings: Surroundings, yes: boolean): CreateAnswers {
  const asked = withPreset(given).widgets;
  const starter = yes ? withPreset({ preset: "starter" }).widgets : undefined;
  const widgets = asked?.length ? asked : given.from === undefined ? starter : [];
  const directory = given.directory ?? (yes ? (given.name ?? DEFAULT_DIRECTORY) : undefined);
  if (directory === undefined || widgets === undefined) throw missing(directory, widgets, given.from !== undefined);

  const { category, subCategory, from, apps, fix } = given;
  if (from === undefined && (apps !== undefined || fix)) {
    throw new CliError(EXIT.usage, `${fix ? "--fix" : "--apps"} goes with --from.`, "Give --from <widgets.json>.");
  }
  const answers: CreateAnswers = {
    directory,
    name: given.name ?? defaultName(directory, surroundings),
    widgets,
    ...(from === undefined ? {} : { from, ...(apps === undefined ? {} : { apps }), ...(fix ? { fix } : {}) }),
    ...(category === undefined ? {} : { category }),
    ...(subCategory === undefined ? {} : { subCategory }),
    port: given.port ?? DEFAULT_PORT,
    origins: given.origins ?? [],
    auth: given.auth ?? "none",
    docker: given.docker ?? true,
    ci: given.ci ?? "github",
    packageManager: given.packageManager ?? surroundings.packageManager,
    install: given.install ?? true,
    git: given.git ?? true,
  };
  checkAnswers(answers);
  return answers;
}

/** The widgets of the answers, whole. Throws as `resolveWidgets` does. */
export function widgetsOf(answers: Pick<CreateAnswers, "widgets" | "category" | "subCategory">): Widget[] {
  return resolveWidgets(answers.widgets, {
    ...(answers.category === undefined ? {} : { category: answers.category }),
    ...(answers.subCategory === undefined ? {} : { subCategory: answers.subCategory }),
  });
}

/**
 * Reads one answer from a flag or a config file.
 *
 * @param value text from a flag, anything from a file
 * @throws CliError with exit code 2 that names the option
 */
export function readOption(option: OptionSpec, value: unknown, where: string): unknown {
  const wrong = (rule: string) =>
    new CliError(EXIT.usage, `${where} must be ${rule}, not ${JSON.stringify(value) ?? String(value)}.`);
  switch (option.kind) {
    case "boolean":
      if (typeof value !== "boolean") throw wrong("true or false");
      return value;
    case "integer": {
      const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
      if (!Number.isInteger(number)) throw wrong("a whole number");
      return number;
    }
    case "choice":
      if (!option.choices?.includes(value as string)) throw wrong(`one of ${option.choices?.join(", ")}`);
      return value;
    case "list":
      if (!Array.isArray(value)) throw wrong("a list");
      return value;
    default:
      if (typeof value !== "string") throw wrong("a text");
      return value;
  }
}

function checkAnswers(answers: CreateAnswers): void {
  const { name, directory, port, origins } = answers;
  const fail = (message: string, hint: string): never => {
    throw new CliError(EXIT.usage, message, hint);
  };
  const wrongName = nameProblem(name);
  if (wrongName) fail(wrongName, "Give another --name.");
  const wrongDirectory = directoryProblem(directory);
  if (wrongDirectory) fail(wrongDirectory, "Give another directory.");
  if (port < 1 || port > 65_535) fail(`The port ${port} does not exist.`, "Give a --port from 1 to 65535.");
  for (const origin of origins) {
    const wrong = originProblem(origin);
    if (wrong) fail(wrong, "Write --origin https://workspace.example.com");
  }
  for (const [key, text] of textsOf(answers)) {
    const wrong = typeof text === "string" ? textProblem(text) : "It is not a text.";
    if (wrong) fail(`The ${key} ${JSON.stringify(text)} cannot be used. ${wrong}`, "Give another one.");
  }
  for (const { type } of answers.widgets) {
    if (!CATALOG_TYPES.includes(type)) {
      fail(`There is no widget type ${JSON.stringify(type)} here.`, `The types are ${CATALOG_TYPES.join(", ")}.`);
    }
  }
  widgetsOf(answers);
}

/** Why a text is not an origin; undefined when it is one. */
export function originProblem(origin: string): string | undefined {
  if (origin.includes("*")) return `The origin "${origin}" must be a whole one: browsers know no wildcards here.`;
  if (URL.canParse(origin)) {
    const { origin: clean, protocol } = new URL(origin);
    if (protocol !== "http:" && protocol !== "https:")
      return `The origin "${origin}" must begin with https:// or http://.`;
    return clean === origin ? undefined : `The origin "${origin}" must be only scheme, host and port: "${clean}".`;
  }
  return `The origin "${origin}" is not one: it has a scheme, a host and perhaps a port.`;
}

function textsOf({ category, subCategory, widgets }: CreateAnswers): [string, unknown][] {
  const texts: [string, unknown][] = widgets.flatMap((widget) => [
    ["name of a widget", widget.name],
    ["category", widget.category],
    ["sub-category", widget.subCategory],
  ]);
  return [["category", category], ["sub-category", subCategory], ...texts].filter(
    (pair): pair is [string, unknown] => pair[1] !== undefined,
  );
}

function missing(directory: string | undefined, widgets: WidgetSpec[] | undefined, from: boolean): CliError {
  const wanted = [
    ...(directory === undefined ? ["  [directory]        where the project goes"] : []),
    ...(widgets === undefined
      ? [`  --widget <type>    at least one of ${CATALOG_TYPES.join(", ")}; or --preset, or --from`]
      : []),
  ];
  return new CliError(
    EXIT.usage,
    `${from ? "With --from nothing is asked" : "There is no terminal to ask in"}, and these answers are missing:\n${wanted.join("\n")}`,
    "Give them, or --yes to take the default of everything.",
  );
}
