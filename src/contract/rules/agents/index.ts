import { explain, pointer, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject, type Key, run } from "../../problems.js";
import { warning } from "../apps/model.js";
import { insecureHost } from "../insecure.js";
import { featureFindings } from "./features.js";
import { agentSchema } from "./schema.js";

/**
 * What Workspace makes of an agents.json (contract §9). Two parts of it read the file: "Add agent" takes all agents or
 * none, and connecting with the backend takes a list only.
 *
 * @param json the parsed file; anything is allowed, nothing is changed
 * @returns findings: an `error` for whatever makes "Add agent" reject the agents, a `warning` for what one of the two
 * ignores, or what does not work. Never throws
 */
export function validateAgents(json: unknown): Finding[] {
  if (typeof json !== "object" || json === null) return [wrongRoot(json)];
  if (isObject(json) && Object.values(json).some(holdsAgents)) return [wrapped()];
  if (isObject(json) && (typeof json.name === "string" || typeof json.id === "string")) return [singleAgent()];
  const list = Array.isArray(json);
  const entries: [Key, unknown][] = list ? [...json.entries()] : Object.entries(json);
  const taken: Taken = { ids: new Set(), names: new Set() };
  return [
    ...(list || entries.length === 0 ? [] : [notAList()]),
    ...entries.flatMap(([key, agent]) => [
      ...agentFindings(agent, key, list),
      ...(isObject(agent) ? duplicates(agent, key, list, taken) : []),
    ]),
  ];
}

function wrongRoot(json: unknown): Finding {
  return {
    code: "wrong-agents-root",
    severity: "error",
    path: "",
    message: `The file must be a list of agents, not ${shown(json)}.`,
    hint: `Write [ ${EXAMPLE} ].`,
  };
}

const EXAMPLE = '{ "id": "…", "name": "…", "description": "…", "endpoints": { "query": "…" } }';

function singleAgent(): Finding {
  const message = "The file is one agent; it must be a list of agents.";
  return { code: "single-agent", severity: "error", path: "", message, hint: "Put it into a list: [ { … } ]." };
}

/** `{ "agents": [ … ] }`. */
function holdsAgents(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => isObject(one) && isObject(one.endpoints));
}

function wrapped(): Finding {
  const message = "The file holds its agents under a key, which Workspace takes for an agent.";
  return { code: "wrapped-file", severity: "error", path: "", message, hint: `Write the list alone: [ ${EXAMPLE} ].` };
}

function notAList(): Finding {
  const message =
    'The file is an object of agents by id: "Add agent" reads that, but connecting with the backend ignores it.';
  return warning("agents-not-a-list", [], message, 'Write a list, each agent with its `"id"`: both read that.');
}

function agentFindings(agent: unknown, key: Key, list: boolean): Finding[] {
  const where = [key];
  if (!isObject(agent)) {
    const message = `An agent must be an object, not ${shown(agent)}.`;
    return [
      {
        code: "not-an-agent",
        severity: "error",
        path: pointer(where),
        message,
        hint: "Remove the entry, or write the agent.",
      },
    ];
  }
  // Where an entry has no id, its key or its index is taken for one.
  const problems = run(agentSchema, Object.hasOwn(agent, "id") ? agent : { ...agent, id: String(key) });
  return [
    ...explain(problems, agent, where).map(withHint),
    ...(list ? ignored(agent, where) : []),
    ...endpointFindings(agent, where),
    ...oldKeys(agent, where),
    ...featureFindings(agent, where),
  ];
}

/** What to add, where it is not what it is in the other files. */
const MISSING = new Map([
  ["description", 'Add `"description": "…"`: what the agent is good for.'],
  ["endpoints", 'Add `"endpoints": { "query": "/query" }`.'],
  ["label", 'Add `"label": "…"`, what people read beside the setting.'],
]);

function withHint(finding: Finding): Finding {
  const steps = finding.path.split("/");
  const last = steps.at(-1) ?? "";
  const hint =
    finding.code === "missing-field" ? MISSING.get(last) : finding.code === "bad-value" ? valueHint(steps) : undefined;
  return hint === undefined ? finding : { ...finding, hint };
}

/** @param steps of the pointer: "", the agent's, and what follows */
function valueHint([, , key, ...inner]: readonly string[]): string | undefined {
  if (key === "link") return 'Write a full URL, such as "https://example.com", or leave `link` out.';
  if (key !== "features" || inner.length > 1) return undefined;
  return inner.length === 1
    ? 'Write true or false, or { "label": "…" } for a setting that people see.'
    : 'Write an object, such as { "widget-dashboard-select": true }.';
}

/** Connecting with the backend keeps what has both an id and a name (contract §1.5). */
function ignored(agent: Record<string, unknown>, where: readonly Key[]): Finding[] {
  const lacks = (["id", "name"] as const).filter(
    (key) => agent[key] === "" || (key === "id" && !Object.hasOwn(agent, key)),
  );
  return lacks.map((key) => {
    const message = `${said(agent)} has no ${key}, so Workspace ignores it when it connects with the backend.`;
    return warning(
      "agent-ignored",
      [...where, ...(Object.hasOwn(agent, key) ? [key] : [])],
      message,
      `Add \`"${key}": "…"\`.`,
    );
  });
}

function said({ name, id }: Record<string, unknown>): string {
  const known = [name, id].find((one) => typeof one === "string" && one !== "");
  return known === undefined ? "The agent" : `The agent ${shown(known)}`;
}

interface Taken {
  ids: Set<string>;
  names: Set<string>;
}

function duplicates(agent: Record<string, unknown>, key: Key, list: boolean, { ids, names }: Taken): Finding[] {
  const found: Finding[] = [];
  const check = (seen: Set<string>, value: unknown, field: "id" | "name") => {
    if (typeof value !== "string" || value === "") return;
    // Names that differ in their letter case only are one to Workspace.
    const plain = field === "name" ? value.toLowerCase() : value;
    if (seen.has(plain)) {
      const message = `Another agent has the ${field} ${shown(value)}: Workspace wants each to have one of its own.`;
      const path = pointer([key, field]);
      found.push({ code: "duplicate-agent", severity: "error", path, message, hint: `Give it another ${field}.` });
    }
    seen.add(plain);
  };
  check(ids, Object.hasOwn(agent, "id") ? agent.id : list ? undefined : key, "id");
  check(names, agent.name, "name");
  return found;
}

function endpointFindings(agent: Record<string, unknown>, where: readonly Key[]): Finding[] {
  const { endpoints } = agent;
  if (!isObject(endpoints)) return [];
  const found: Finding[] = [];
  if (!Object.hasOwn(endpoints, "query") || endpoints.query === "") {
    const message = `${said(agent)} cannot be asked anything: \`endpoints.query\` is missing.`;
    found.push(
      warning(
        "agent-without-query",
        [...where, "endpoints"],
        message,
        'Add `"query": "/query"`, the path that answers.',
      ),
    );
  }
  for (const key of ["query", "feedback", "upload_docs"]) {
    const url = endpoints[key];
    const host = typeof url === "string" ? insecureHost(url) : undefined;
    if (host === undefined) continue;
    const message = `\`endpoints.${key}\` is a plain-http address of ${shown(host)}: browsers block the call, since Workspace itself is served over https.`;
    const hint = "Serve it over https, or give a path on your backend.";
    found.push(warning("insecure-url", [...where, "endpoints", key], message, hint));
  }
  return found;
}

const OLD_KEYS = ["hasStreaming", "hasFunctionCalling", "hasDocuments"];

function oldKeys(agent: Record<string, unknown>, where: readonly Key[]): Finding[] {
  return OLD_KEYS.filter((key) => Object.hasOwn(agent, key)).map((key) => {
    const message = `\`${key}\` is out of date, and Workspace shows a notice about it.`;
    return warning("deprecated-agent-key", [...where, key], message, "Say what the agent can do in `features`.");
  });
}
