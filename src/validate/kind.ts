import type { FileName } from "../contract/rules/index.js";

const NAMES: Record<string, FileName> = {
  widgets: "widgets.json",
  apps: "apps.json",
  templates: "apps.json",
  agents: "agents.json",
  copilots: "agents.json",
};

/**
 * What a file is to Workspace: by its name, else by what is in it.
 *
 * @param name its base name
 * @returns widgets.json where nothing speaks for another
 */
export function kindOf(name: string, text: string): FileName {
  // Of several words the last: `openbb-widgets-apps.json` holds apps.
  const word = name
    .toLowerCase()
    .match(/widgets|apps|templates|agents|copilots/g)
    ?.at(-1);
  if (word !== undefined) return NAMES[word] as FileName;
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return "widgets.json";
  }
  const entries = isObject(value) ? [value, ...Object.values(value)] : Array.isArray(value) ? value : [];
  if (entries.some((entry) => isObject(entry) && isObject(entry.endpoints))) return "agents.json";
  if (Array.isArray(value) || (isObject(value) && isObject(value.tabs) && typeof value.tabs !== "string")) {
    // Widgets have no tabs; a widget called "tabs" has an endpoint.
    return isObject(value) && isObject(value.tabs) && "endpoint" in value.tabs ? "widgets.json" : "apps.json";
  }
  return "widgets.json";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
