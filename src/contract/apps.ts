import * as z from "zod/mini";
import { chartViewSchema } from "./columns.js";
import { CHART_TYPES, GROUP_TYPES, KNOWN_APP_KEYS } from "./constants.js";
import { explain, pointer, shown } from "./explain.js";
import { anyObject, flag, number, text, texts } from "./fields.js";
import type { Finding } from "./findings.js";
import { isObject, type Key, run } from "./problems.js";
import { nearest } from "./suggest.js";

/** `state` of a layout item (contract §7): open, with a few keys that are checked. */
export const stateSchema = z.object({
  params: anyObject,
  paramOrder: texts,
  chartView: z.optional(chartViewSchema),
  chartModel: z.optional(
    z.object({
      modelType: z.optional(z.enum(["range", "pivot"])),
      chartType: z.optional(z.enum(CHART_TYPES)),
      chartOptions: anyObject,
      cellRange: z.optional(z.object({ columns: texts })),
      suppressChartRanges: flag,
    }),
  ),
  columnState: anyObject,
  filterModel: anyObject,
  storage: z.optional(z.object({ text, html: text })),
});

/** A widget's place on a tab (contract §7). */
export const layoutItemSchema = z.object({
  i: z.string(),
  x: z.number(),
  y: z.number(),
  w: z.number(),
  h: z.number(),
  minW: number,
  minH: number,
  maxW: number,
  maxH: number,
  moved: flag,
  static: flag,
  isDraggable: flag,
  groups: texts,
  state: z.optional(stateSchema),
});

/** One app, after `mcp_servers` is renamed (contract §7). Nothing may be null but a group's `defaultValue`. */
export const appSchema = z.object({
  name: z.string(),
  tabs: z.record(z.string(), z.object({ id: z.string(), name: z.string(), layout: z.array(layoutItemSchema) })),
  description: text,
  id: z.optional(z.string().check(z.regex(/^custom-.+/, { error: 'must start with "custom-"' }))),
  templateId: text,
  selected_agent: text,
  authentication: text,
  img: text,
  img_dark: text,
  img_light: text,
  allowCustomization: flag,
  prompts: texts,
  groups: z.optional(
    z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        paramName: text,
        widgetIds: texts,
        defaultValue: z.optional(z.unknown()),
      }),
    ),
  ),
  mcpServers: z.optional(
    z.array(
      z.object({
        name: z.string(),
        url: z.url({ error: "must be a full URL" }),
        description: text,
        authType: z.optional(z.enum(["oauth", "token"])),
      }),
    ),
  ),
});

/**
 * What Workspace makes of an apps.json (contract §7 and §13).
 *
 * @param json the parsed file; anything is allowed, nothing is changed
 * @returns findings in the order of the file: an `error` for whatever makes Workspace drop all apps (and block adding
 * the backend), a `warning` for what is ignored or misleads
 */
export function validateApps(json: unknown): Finding[] {
  if (Array.isArray(json)) {
    const names = new Set<string>();
    return json.flatMap((app: unknown, index) => [...validateApp(app, [index]), ...sameName(app, index, names)]);
  }
  if (isObject(json) && holdsApps(json)) {
    return [
      {
        code: "wrapped-file",
        severity: "error",
        path: "",
        message: "The file holds its apps under a key, but Workspace takes it for one app.",
        hint: 'Write the list of apps alone: [ { "name": "…", "tabs": { … } } ].',
      },
    ];
  }
  if (isObject(json) && Object.keys(json).length > 0) return validateApp(json, []);
  return [
    {
      code: "no-apps",
      severity: isObject(json) || json === null ? "info" : "warning",
      path: "",
      message: `The file holds no apps: Workspace expects a list, and ignores ${shown(json)}.`,
      hint: 'Write [ { "name": "…", "tabs": { … } } ], or an empty list.',
    },
  ];
}

/** `{ "apps": [ … ] }`, or apps by id: whatever people write that has nothing of an app itself. */
function holdsApps(file: Record<string, unknown>): boolean {
  const isApp = (value: unknown) => isObject(value) && typeof value.name === "string" && isObject(value.tabs);
  const inner = Object.values(file);
  return (
    !Object.hasOwn(file, "tabs") &&
    inner.some((value) => (Array.isArray(value) ? value.length > 0 && value.every(isApp) : isApp(value)))
  );
}

function validateApp(app: unknown, where: readonly Key[]): Finding[] {
  if (typeof app !== "object" || app === null) {
    // The client's check skips these, but the code after it does not expect them.
    return [
      {
        code: "not-an-app",
        severity: "warning",
        path: pointer(where),
        message: `An app must be an object, not ${shown(app)}.`,
        hint: "Remove the entry.",
      },
    ];
  }
  const renamed = Object.hasOwn(app, "mcp_servers") && !Object.hasOwn(app, "mcpServers");
  const { mcp_servers: servers, ...rest } = app as Record<string, unknown>;
  const problems = run(appSchema, Array.isArray(app) ? app : renamed ? { ...rest, mcpServers: servers } : app);
  if (renamed) for (const one of problems) if (one.path[0] === "mcpServers") one.path[0] = "mcp_servers";
  const findings = explain(problems, app, where);
  if (problems.length === 0 && crashes(app as CheckedApp)) findings.push(mixedMembers(where));
  return Array.isArray(app) ? findings : [...findings, ...unrecognised(app, where, renamed), ...groupTypes(app, where)];
}

type CheckedApp = z.input<typeof appSchema>;

/**
 * Contract §7, "Crash": the client fills in a layout item's missing `groups` from every group's `widgetIds`, and
 * throws at the first group that has none. Like the schema, it passes over a tab "__proto__".
 */
function crashes({ groups = [], tabs }: CheckedApp): boolean {
  const mixed =
    groups.some((group) => group.widgetIds !== undefined) && groups.some((group) => group.widgetIds === undefined);
  const checked = Object.entries(tabs).filter(([id]) => id !== "__proto__");
  return mixed && checked.some(([, tab]) => tab.layout.some((item) => item.groups === undefined));
}

function mixedMembers(where: readonly Key[]): Finding {
  return {
    code: "mixed-group-members",
    severity: "error",
    path: pointer([...where, "groups"]),
    message: "`groups` crash Workspace: some have `widgetIds`, some have not, and a layout item has no `groups`.",
    hint: "Give every group `widgetIds`, or every layout item `groups` (it may be empty).",
  };
}

/** Keys that raise Workspace's "Unrecognized fields" notice (contract §1.5 and §7). */
function unrecognised(app: object, where: readonly Key[], renamed: boolean): Finding[] {
  const known: readonly string[] = renamed ? [...KNOWN_APP_KEYS, "mcp_servers"] : KNOWN_APP_KEYS;
  const unknown = Object.keys(app).filter((key) => !known.includes(key));
  return unknown.map((key) => {
    const guess = nearest(key, known);
    return {
      code: "unrecognised-key",
      severity: "warning",
      path: pointer([...where, key]),
      message: `Workspace does not know the key ${shown(key)} and shows an "Unrecognized fields" notice.`,
      hint: guess === undefined || Object.hasOwn(app, guess) ? "Remove it." : `Did you mean \`${guess}\`?`,
    };
  });
}

/** Contract §7: any text passes for a group's type, three of them work. */
function groupTypes(app: object, where: readonly Key[]): Finding[] {
  const groups = Reflect.get(app, "groups");
  if (!Array.isArray(groups)) return [];
  return groups.flatMap((group: unknown, index): Finding[] => {
    const type = isObject(group) ? group.type : undefined;
    if (typeof type !== "string" || (GROUP_TYPES as readonly string[]).includes(type)) return [];
    const guess = nearest(type, GROUP_TYPES);
    return [
      {
        code: "unknown-group-type",
        severity: "warning",
        path: pointer([...where, "groups", index, "type"]),
        message: `A group of type ${shown(type)} does nothing.`,
        hint: `${guess === undefined ? "" : `Did you mean \`${guess}\`? `}Types that work: ${GROUP_TYPES.join(", ")}.`,
      },
    ];
  });
}

/** The name of an app as far as Workspace can tell it from others: it makes the app's id of it (contract §7). */
export function slugOf(name: string): string {
  // How the client treats letters other than a to z is not known: here they tell names apart.
  return name
    .toLowerCase()
    .trim()
    .replace(/\s/g, "-")
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, "");
}

/** Contract §7: two apps of one name are one to Workspace. */
function sameName(app: unknown, index: number, seen: Set<string>): Finding[] {
  if (!isObject(app) || typeof app.name !== "string") return [];
  const slug = slugOf(app.name);
  if (!seen.has(slug)) {
    seen.add(slug);
    return [];
  }
  return [
    {
      code: "duplicate-app",
      severity: "warning",
      path: pointer([index, "name"]),
      message: `Another app has the name ${shown(app.name)}, or one that Workspace cannot tell from it.`,
      hint: "Give each app a name of its own.",
    },
  ];
}
