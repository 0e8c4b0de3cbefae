import { BLOCKED_WIDGET_IDS, BUILTIN_WIDGET_IDS } from "../contract/constants.js";

/** Names that Windows keeps for devices, with any ending. */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;

/** Routes that the generated backend keeps for itself, or that Workspace asks every backend for. */
const RESERVED_ROUTES = new Set([
  "",
  "widgets.json",
  "apps.json",
  "templates.json",
  "agents.json",
  "copilots.json",
  "table-schemas",
  "semantic-views",
  "health",
  "healthz",
  "metrics",
  "favicon.ico",
  "thumbnail.svg",
  "landing.css",
  "landing.js",
]);

/** Ids of Workspace's own, in lower case. */
const TAKEN = new Set([...BLOCKED_WIDGET_IDS, ...BUILTIN_WIDGET_IDS].map((id) => id.toLowerCase()));

/** Words that a file or an object key of this name would break. */
const UNSAFE_IDS = new Set(["__proto__", "constructor", "prototype", "hasownproperty", "tostring", "valueof", "index"]);

/** A text as words in lower case with `separator` between them; accents are dropped. May be empty. */
export function slug(text: string, separator: "-" | "_"): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, separator)
    .replace(/^[-_]+|[-_]+$/g, "");
}

/** An id or package name as a title: `my-openbb-backend` is "My OpenBB Backend". */
export function titleOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const title = words.map((word) => (word === "openbb" ? "OpenBB" : word.slice(0, 1).toUpperCase() + word.slice(1)));
  return title.join(" ") || name;
}

/**
 * Why a text cannot be the backend's name; undefined when it can.
 * It becomes an npm package name and, by default, a folder, on Windows too.
 */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "The name is empty.";
  if (name.length > 214) return "The name is longer than 214 characters, the most that npm allows.";
  if (WINDOWS_DEVICE.test(name)) return `"${name}" is the name of a device on Windows.`;
  if (name === "node_modules" || name === "favicon.ico") return `npm does not allow the name "${name}".`;
  if (/[A-Z]/.test(name)) return `npm names are lower case: try "${slug(name, "-")}".`;
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name) || name.endsWith(".")) {
    const better = slug(name, "-");
    return `A name has lower-case letters, digits and hyphens only${better ? `: try "${better}"` : ""}.`;
  }
  return undefined;
}

/** Why a folder cannot be made under this path; undefined when it can. Only the last part of the path is checked. */
export function directoryProblem(directory: string): string | undefined {
  const last =
    directory
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? "";
  if (directory.trim() === "") return "The directory is empty.";
  if (last === "" || last === "." || last === "..") return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what must not be there
  if (/[<>:"|?*\u0000-\u001f\u007f]/.test(last))
    return `The folder name "${last}" has a character that Windows forbids.`;
  if (/[. ]$/.test(last)) return `The folder name "${last}" ends in a dot or a space, which Windows drops.`;
  if (WINDOWS_DEVICE.test(last)) return `The folder name "${last}" is the name of a device on Windows.`;
  if (Buffer.byteLength(last) > 255) return "The folder name is longer than 255 bytes.";
  return undefined;
}

/** Why a text cannot be a widget's id; undefined when it can. The id is also the name of the handler's file. */
export function idProblem(id: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(id)) {
    return `The id ${JSON.stringify(id)} must start with a letter and have letters, digits, _ and - only.`;
  }
  if (id.length > 64) return `The id "${id.slice(0, 20)}…" is longer than 64 characters.`;
  if (UNSAFE_IDS.has(id.toLowerCase())) return `The id "${id}" has a meaning in JavaScript.`;
  if (WINDOWS_DEVICE.test(id)) return `The id "${id}" is the name of a device on Windows.`;
  if (isTakenByWorkspace(id)) return `The id "${id}" is that of a widget of Workspace itself.`;
  return endpointProblem(id);
}

/** Whether Workspace blocks the id, or renames it because one of its own widgets has it (contract section 2). */
export function isTakenByWorkspace(id: string): boolean {
  return TAKEN.has(id.toLowerCase());
}

/** Why a text cannot be a widget's endpoint on this backend; undefined when it can. */
export function endpointProblem(endpoint: string): string | undefined {
  // A placeholder stands for the value of a parameter.
  const path = normalEndpoint(endpoint).replace(/\{[\w-]+\}/g, "x");
  if (path.startsWith("http")) return `Workspace would take "${endpoint}" for a whole URL, as it begins with "http".`;
  if (!/^[A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*$/.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path)) {
    return `The endpoint "${endpoint}" must be a path on this backend: letters, digits, - _ . and / between parts.`;
  }
  // Links that work without headers begin so.
  if (RESERVED_ROUTES.has(path.toLowerCase()) || path.startsWith("t/"))
    return `The route "/${path}" is one of the backend itself.`;
  return undefined;
}

/** An endpoint without slashes at its ends and none doubled. */
export function normalEndpoint(endpoint: string): string {
  return endpoint.replace(/\/{2,}/g, "/").replace(/^\/|\/$/g, "");
}
