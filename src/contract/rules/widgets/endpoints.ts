import { label, shown } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
import { insecureHost } from "../insecure.js";
import { guessName, type Subject } from "./subject.js";

/** Addresses that Workspace cannot call (contract 1.1 and 1.3), and placeholders that nothing fills (contract 2). */
export function endpointRules(subject: Subject): void {
  for (const { at, text } of addresses(subject)) {
    if (!badAddress(subject, at, text)) insecureAddress(subject, at, text);
  }
  placeholders(subject);
}

function addresses({ widget, params }: Subject): { at: Key[]; text: string }[] {
  const found: { at: Key[]; text: string }[] = [];
  const look = (owner: unknown, key: string, where: readonly Key[]) => {
    const text = isObject(owner) ? owner[key] : undefined;
    if (typeof text === "string") found.push({ at: [...where, key], text });
  };
  for (const key of ["endpoint", "wsEndpoint", "fileEndpoint"]) look(widget, key, []);
  for (const { param, where, type } of params) {
    if (type === "endpoint") look(param, "optionsEndpoint", where);
    if (type !== "form") continue;
    look(param, "endpoint", where);
    const inputs = Array.isArray(param.inputParams) ? param.inputParams : [];
    for (const [index, input] of inputs.entries()) look(input, "optionsEndpoint", [...where, "inputParams", index]);
  }
  return found;
}

function badAddress(subject: Subject, at: Key[], text: string): boolean {
  const { warn } = subject;
  if (text !== text.trim()) {
    const hint = `Write ${shown(text.trim())}.`;
    warn("bad-endpoint", at, `${label(at)} starts or ends with a space, which becomes part of the URL.`, hint);
    return true;
  }
  if (/^(https?:\/\/|data:)/i.test(text)) return false;
  // Whatever else starts with http is an address of its own to the client, and the rest is a path on the backend.
  if (!text.startsWith("http")) return hostInPath(subject, at, text);
  warn(
    "bad-endpoint",
    at,
    `${label(at)} starts with "http", so Workspace takes it for a full URL and never asks your backend.`,
    'Start it with a slash, or with "http://" or "https://" where it is a URL.',
  );
  return true;
}

/** `localhost:8000/prices`, `//host.com/prices`, `ftp://…`: meant as full URLs, and called as paths (contract 1.1). */
function hostInPath({ warn, widget }: Subject, at: Key[], text: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  const socket = at.at(-1) === "wsEndpoint";
  // Under `defaultViz` the address of a socket is taken as it is (contract 3.14).
  if (socket && !widget.type && /^wss?$/i.test(scheme ?? "")) return false;
  const isUrl = scheme !== undefined || /^\/\/[\w-]+(\.[\w-]+)+/.test(text);
  if (!isUrl && !/^(localhost(?=[:/])|127\.0\.0\.1|[\w-]+(\.[\w-]+)+:\d{2,5}(?=\/|$))/i.test(text)) return false;
  warn(
    "bad-endpoint",
    at,
    `${label(at)} names another host, but Workspace takes it for a path on your backend: only what starts with "http://" or "https://" is a full URL.`,
    socket
      ? 'Write the path alone, such as "/live", or the full URL with "https://", of which Workspace makes "wss://".'
      : 'Write the path alone, such as "/prices", or the full URL with "http://" or "https://".',
  );
  return true;
}

function insecureAddress({ warn, type }: Subject, at: Key[], text: string): void {
  const host = insecureHost(text);
  if (host === undefined) return;
  const what = type === "iframe" && at[0] === "endpoint" ? "Workspace shows no such page" : "browsers block the call";
  const scheme = /^ws:/i.test(text) ? "ws" : "http";
  warn(
    "insecure-url",
    at,
    `${label(at)} is a plain-${scheme} address of ${shown(host)}: ${what}, since Workspace itself is served over https.`,
    `Serve it over ${scheme}s, or give a path on your backend.`,
  );
}

/** More would be no endpoint. */
const MOST = 20;

/** Contract 2: `{name}` in the endpoint stands for the parameter of that name. */
function placeholders({ widget, names, lacks, warn }: Subject): void {
  if (typeof widget.endpoint !== "string") return;
  const seen = new Set<string>();
  if (widget.endpoint.startsWith("data:")) return;
  otherWays(widget.endpoint, names, warn);
  for (const [, name = ""] of widget.endpoint.matchAll(/\{([\w.-]+)\}/g)) {
    if (!lacks(name) || seen.has(name)) continue;
    seen.add(name);
    if (seen.size > MOST) return;
    const guess = guessName(name, names, seen.size);
    warn(
      "unknown-placeholder",
      ["endpoint"],
      `The endpoint has a place for ${shown(`{${name}}`)}, but the widget has no parameter of that name.`,
      guess === undefined ? `Add a parameter called "${name}", or take the braces out.` : `Did you mean {${guess}}?`,
    );
  }
}

/** How routes, templates and documents say it; and as Workspace does. */
const PLACES = /\/(:(\w+))(?=\/|\?|$)|\$\{\s*([\w.-]+)\s*\}|\{\{\s*([\w.-]+)\s*\}\}|\{\s*([\w.-]+)\s*\}|<(\w+)>/g;

/** `/prices/:symbol`, `/prices/${symbol}`: in widgets.json the braces alone, without spaces, are filled. */
function otherWays(endpoint: string, names: ReadonlySet<string>, warn: Subject["warn"]): void {
  for (const [text, route, ...groups] of endpoint.matchAll(PLACES)) {
    const name = groups.find((one) => one !== undefined) ?? "";
    const said = route ?? text;
    if (said === `{${name}}` || !names.has(name)) continue;
    const message = `The endpoint says ${shown(said)}, but only {${name}} stands for the parameter: all else is asked for as it is.`;
    warn("unknown-placeholder", ["endpoint"], message, `Write {${name}}.`);
    return;
  }
}
