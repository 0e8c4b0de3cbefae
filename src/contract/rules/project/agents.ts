import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { type App, listed, warning } from "../apps/model.js";
import type { Near } from "../apps/near.js";

/** The ids and names of the agents of a parsed agents.json, which may be a list or an object by id (contract §9). */
function agentNames(agents: unknown): string[] | undefined {
  if (typeof agents !== "object" || agents === null) return undefined;
  const entries = Object.entries(agents).filter((entry): entry is [string, Record<string, unknown>] =>
    isObject(entry[1]),
  );
  const names = entries.flatMap(([key, { id = Array.isArray(agents) ? undefined : key, name }]) =>
    [id, name].filter((one): one is string => typeof one === "string" && one !== ""),
  );
  return [...new Set(names)];
}

/** Apps that select an agent which the backend does not have (contract §7). */
export function selectedAgentFindings(apps: readonly App[], agents: unknown, near: Near): Finding[] {
  const names = agentNames(agents);
  if (names === undefined) return [];
  const known = new Set(names.map((name) => name.toLowerCase()));
  return apps.flatMap(({ value: { selected_agent: selected }, where, inIt }) => {
    if (typeof selected !== "string" || selected === "" || known.has(selected.toLowerCase())) return [];
    const message = `The agent ${shown(selected)} is to be selected${inIt}, and agents.json has none of that id or name.`;
    const otherwise = names.length > 0 ? `Agents: ${listed(names)}.` : "Remove it, or add the agent to agents.json.";
    return [warning("unknown-agent", [...where, "selected_agent"], message, near.hint(selected, names, otherwise))];
  });
}
