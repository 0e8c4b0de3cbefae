/** What the user of Workspace would meet, in words (contract 1.2, 1.5 and 1.6). */
import type { Backend, BackendFinding, FileName } from "../contract/rules/index.js";
import { isLocalHost, isMixedContent } from "./url.js";
import type { Refusal } from "./validate-all.js";

export interface Verdict {
  connects: boolean;
  canAdd: boolean;
  summary: string[];
}

interface Known {
  /** What the files themselves have wrong. */
  found: readonly BackendFinding[];
  /** What the user reads where widgets.json was not had. */
  reads?: string;
  backend: Backend;
  /** Widgets that "Validate widgets" refuses. */
  strict: readonly Refusal[];
}

/** Whether the backend connects and can be added, and why not. */
export function judge({ found, reads, backend, strict }: Known): Verdict {
  const errors = (name: FileName) => found.filter(({ file, severity }) => file === name && severity === "error").length;
  if (reads !== undefined) {
    return refused(`Workspace would not connect. The user reads: "${reads}".`);
  }
  const wrong = errors("widgets.json");
  if (wrong > 0) {
    const what = wrong === 1 ? "an error" : `${wrong} errors`;
    return refused(`Workspace would not connect: widgets.json has ${what}, and one is enough to lose all widgets.`);
  }
  if (errors("apps.json") > 0) {
    return {
      connects: true,
      canAdd: false,
      summary: [
        'Workspace would read the widgets, but not let you add the backend: apps.json has errors, and "Add" stays disabled.',
      ],
    };
  }
  const summary = [`Workspace would connect, and let you add the backend: ${contents(backend)}.`];
  if (strict.length > 0) summary.push(strictly(strict));
  return { connects: true, canAdd: true, summary };
}

function refused(sentence: string): Verdict {
  return { connects: false, canAdd: false, summary: [sentence] };
}

/** As the dialog's line of success counts them. */
function contents({ widgets, apps }: Backend): string {
  const list = (Array.isArray(apps) ? apps : typeof apps === "object" && apps !== null ? [apps] : []) as unknown[];
  const inApps = (...names: string[]) =>
    list.flatMap((app) => {
      const lists = names.map((name) => (app as Record<string, unknown> | null)?.[name]);
      return lists.filter(Array.isArray).flat();
    }).length;
  const counts: [number, string][] = [
    [Object.keys((widgets ?? {}) as object).length, "widget"],
    [list.filter((app) => Object.keys((app ?? {}) as object).length > 0).length, "app"],
    [inApps("prompts"), "prompt"],
    [inApps("mcp_servers", "mcpServers"), "MCP server"],
  ];
  const told = counts.filter(([count], index) => index < 2 || count > 0);
  return told.map(([count, noun]) => `${count} ${noun}${count === 1 ? "" : "s"}`).join(", ");
}

function strictly(strict: readonly Refusal[]): string {
  const named = strict.slice(0, 5).map(({ id }) => JSON.stringify(id.slice(0, 60)));
  const more = strict.length - named.length;
  return `With "Validate widgets" set to Yes it would not: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""} would fail there.`;
}

/** What stands between a browser and this address, though nothing is wrong with the backend. */
export function adviceFor(url: string): string[] {
  const parsed = new URL(url);
  if (isMixedContent(parsed)) return [];
  if (!isLocalHost(parsed.hostname)) return [];
  const secure =
    "On https, open this URL once in the browser that shows Workspace, and accept its certificate if it asks.";
  const plain =
    "From Workspace, Chrome, Edge and Firefox call a backend on this machine over http (Chrome and Edge ask once whether the site may reach local devices); Safari and Brave need https.";
  return [
    parsed.protocol === "https:" ? secure : plain,
    "Only browsers on this machine reach it: colleagues, and OpenBB's Excel add-in elsewhere, need an address of their own.",
  ];
}
