/** URLs as Workspace handles them: the connect dialog (contract 1.6), joining (1.1), and what a browser lets through. */
import { CliError, EXIT } from "../errors.js";
import type { Connection } from "./types.js";

/** The page that calls a backend, first of all. */
export const WORKSPACE_ORIGIN = "https://pro.openbb.co";
/** Where Workspace runs as well: its development site, the desktop app and the Excel add-in (contract 1.3). */
export const OTHER_ORIGINS = ["https://pro.openbb.dev", "http://localhost:1420", "https://excel.openbb.co"] as const;

/**
 * What the connect dialog makes of the text in its URL field: spaces around it and slashes at its end go, nothing else.
 *
 * @throws CliError with exit code 2 when the dialog would not take it, as it is no absolute http(s) URL
 */
export function dialogUrl(typed: string): string {
  const url = typed.trim().replace(/\/+$/, "");
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw new CliError(
    EXIT.usage,
    `${JSON.stringify(typed.slice(0, 200))} is not a full URL, so Workspace's dialog does not take it.`,
    "Write it with http:// or https://, such as http://localhost:7779.",
  );
}

/**
 * The URL that Workspace asks for an endpoint (contract 1.1): what starts with `http` or `data:` is used as it is, all
 * else goes after the base; slashes that follow each other become one, those at the end go.
 */
export function joinUrl(base: string, endpoint: string): string {
  if (/^(http|data:)/.test(endpoint)) return endpoint;
  return `${base}/${endpoint}`.replace(/([^:/])\/{2,}/g, "$1/").replace(/\/+$/, "");
}

/** Adds to a URL's query. */
export function withQuery(url: string, query: Record<string, string>): string {
  const pairs = new URLSearchParams(query).toString();
  if (pairs === "" || url.startsWith("data:")) return url;
  const [before = "", hash] = url.split("#", 2);
  const joint = before.includes("?") ? (/[?&]$/.test(before) ? "" : "&") : "?";
  return `${before}${joint}${pairs}${hash === undefined ? "" : `#${hash}`}`;
}

/** Whether a browser takes a host for this machine, which an https page may then call by plain http. */
export function isLocalHost(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}

/** Whether a host is in a local network, or this machine: browsers ask the user before a public page calls it. */
export function isPrivateHost(hostname: string): boolean {
  return (
    isLocalHost(hostname) ||
    /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/.test(hostname) ||
    /^\[f[cde]/i.test(hostname) ||
    /\.(local|internal|lan)$/i.test(hostname)
  );
}

/** Whether Workspace, an https page, may not load this URL at all. */
export function isMixedContent(url: URL): boolean {
  return url.protocol === "http:" && !isLocalHost(url.hostname);
}

/**
 * A function that takes every credential of a connection out of a text.
 *
 * @param stars what is written in the place of a credential
 */
export function masker(
  { url, headers, query }: Connection,
  stars: (credential: string) => string = () => "***",
): (text: string) => string {
  const inUrl = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  const inQuery = [...Object.entries(query), ...inUrl];
  const secrets = [
    // "Bearer abc": the second word alone must not be seen either.
    ...Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/)]),
    ...inQuery.map(([, value]) => value),
  ]
    .filter((value) => value !== "" && !PLAIN_WORD.test(value))
    .flatMap(writtenAs)
    .sort((a, b) => b.length - a.length);
  const patterns = [...new Set(secrets)].map((value) => {
    // A short key may be part of any word.
    const [before, after] = value.length < 8 ? ["(?<![\\w-])", "(?![\\w-])"] : ["", ""];
    return new RegExp(before + escaped(value) + after, "g");
  });
  const names = inQuery.map(([name]) => new URLSearchParams({ [name]: "" }).toString());
  const pairs = [...new Set(names)].map((name) => new RegExp(`(?<=[?&]${escaped(name)})[^&#\\s"]*`, "g"));
  return (text) => {
    let masked = text.replace(/(?<=:\/\/)[^/@\s"]+(?=@)/g, stars);
    for (const pattern of [...patterns, ...pairs]) masked = masked.replace(pattern, stars);
    return masked.includes("…") ? withoutBeginnings(masked, secrets, stars) : masked;
  };
}

/** A credential as servers send it back: encoded for a URL, decoded by half, or quoted as JSON. */
function writtenAs(value: string): string[] {
  const inQuery = new URLSearchParams({ "": value }).toString().slice(1);
  const quoted = JSON.stringify(value).slice(1, -1);
  return [value, encodeURIComponent(value), inQuery, value.replaceAll(" ", "+"), quoted];
}

/** Fewer characters of a credential tell nothing. */
const TELLING = 4;
/** No sentence shows more of a text than this. */
const LONGEST_SHOWN = 250;

/** A long credential may have been cut before it came here: what is left of it stands before the "…". */
function withoutBeginnings(text: string, secrets: readonly string[], stars: (credential: string) => string): string {
  const parts = text.split("…");
  const last = parts.pop() ?? "";
  const masked = parts.map((part) => {
    for (let length = Math.min(part.length, LONGEST_SHOWN); length >= TELLING; length--) {
      const end = part.slice(-length);
      if (secrets.some((secret) => secret.startsWith(end))) return part.slice(0, -length) + stars(end);
    }
    return part;
  });
  return [...masked, last].join("…");
}

/** What stands in headers and is no secret; to mask it would only garble sentences. */
const PLAIN_WORD = /^(basic|bearer|token|true|false|yes|no|on|off|none|null|any|\d)$/i;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A URL without its query, as messages name it. */
export function where(url: string): string {
  return url.startsWith("data:") ? "a data: URL" : (url.split(/[?#]/, 1)[0] ?? url);
}
