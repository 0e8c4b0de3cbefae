import { label, shown } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
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

function badAddress({ warn }: Subject, at: Key[], text: string): boolean {
  if (text !== text.trim()) {
    const hint = `Write ${shown(text.trim())}.`;
    warn("bad-endpoint", at, `${label(at)} starts or ends with a space, which becomes part of the URL.`, hint);
    return true;
  }
  // A socket may have its own scheme, and whatever else starts with http is an address of its own to the client.
  if (!text.startsWith("http") || /^https?:\/\//i.test(text)) return false;
  warn(
    "bad-endpoint",
    at,
    `${label(at)} starts with "http", so Workspace takes it for a full URL and never asks your backend.`,
    'Start it with a slash, or with "http://" or "https://" where it is a URL.',
  );
  return true;
}

/** Names of the user's own machine: browsers let an https page call these without TLS. */
const LOCAL = /^(localhost|[\w.-]+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])$/i;

function insecureAddress({ warn, type }: Subject, at: Key[], text: string): void {
  const host = /^(?:http|ws):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(text)?.[1];
  if (host === undefined || host === "" || LOCAL.test(host)) return;
  const what = type === "iframe" && at[0] === "endpoint" ? "Workspace shows no such page" : "browsers block the call";
  warn(
    "insecure-url",
    at,
    `${label(at)} is a plain-http address of ${shown(host)}: ${what}, since Workspace itself is served over https.`,
    "Serve it over https, or give a path on your backend.",
  );
}

/** More would be no endpoint. */
const MOST = 20;

/** Contract 2: `{name}` in the endpoint stands for the parameter of that name. */
function placeholders({ widget, names, warn }: Subject): void {
  if (typeof widget.endpoint !== "string") return;
  const seen = new Set<string>();
  for (const [, name = ""] of widget.endpoint.matchAll(/\{(\w+)\}/g)) {
    if (names.has(name) || seen.has(name)) continue;
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
