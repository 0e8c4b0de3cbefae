import type { AnyWidget } from "../../catalog/index.js";
import type { WidgetDefinition } from "../../contract/types.js";
import { endpointQuery, isElsewhere } from "../../typegen/paths.js";
import { formRoute, optionsRoutes, ownPaths } from "../../typegen/routes.js";
import { paramShapes, widgetType } from "../../typegen/shape.js";
import { placeOf, together } from "../../typegen/shared.js";

/** Paths that Workspace asks every backend for, and two that no widget may take from a generated backend. */
const RESERVED = new Set(["/widgets.json", "/apps.json", "/agents.json", "/healthz", "/thumbnail.svg"]);

/** The first path of an entry, or of its choices and its form, that no widget may take; undefined when it has none. */
export function reservedPath(definition: WidgetDefinition): string | undefined {
  const form = formRoute(definition);
  const beside = [...optionsRoutes(definition), ...(form ? [form] : [])].map(({ path }) => path);
  const paths = [placeOf(definition), ...ownPaths(definition), ...beside];
  return paths.find((path) => RESERVED.has(path) || path.startsWith("/t/"));
}

interface Claim {
  id: string;
  type: string;
  method: string;
  path: string;
  query: string;
  /** Parameters, of a main endpoint: they tell widgets of different types apart. */
  names?: string;
}

/** Keeps account of which widget answers where, by the rules of the generated backend's own route table. */
export class Claims {
  private readonly claims: Claim[] = [];

  /**
   * Takes the routes of a widget, and of those that its handler answers for.
   *
   * @returns why that cannot be, as the end of a sentence; nothing is taken then
   */
  take({ id, definition, also = [] }: AnyWidget): string | undefined {
    const all = together(definition, also);
    const wanted = claimsOf(id, all);
    for (const [index, claim] of wanted.entries()) {
      const other = [...this.claims, ...wanted.slice(0, index)].find((one) => clash(one, claim));
      if (!other) continue;
      const both = `${JSON.stringify(claim.path)} is already that of ${JSON.stringify(other.id)}, a ${other.type}`;
      return `${both}, and nothing in a request tells which of them it is for`;
    }
    this.claims.push(...wanted);
    return undefined;
  }
}

function claimsOf(id: string, all: Record<string, unknown>): Claim[] {
  const type = widgetType(all);
  const endpoint = String(all.endpoint);
  const main = placeOf(all);
  const own = ownPaths(all);
  const names = paramShapes(all).map((shape) => shape.name);
  const claim = { id, type, query: "" };
  const form = formRoute(all);
  return [
    {
      ...claim,
      method: own.length > 0 ? "GET" : "POST",
      path: main,
      query: String(endpointQuery(endpoint)),
      names: String(names.sort()),
    },
    ...own.slice(1).map((path) => ({ ...claim, method: "GET", path: path.replace(/\{[^{}/]+\}/g, "{}") })),
    // Forms that are sent to one place are taken by one handler.
    ...(form ? [{ ...claim, type: "form", method: form.method, path: form.path }] : []),
  ];
}

function clash(one: Claim, other: Claim): boolean {
  if (one.method !== other.method || one.path !== other.path) return false;
  if (one.type === "form" && other.type === "form") return false;
  if (one.query !== other.query) return false;
  if (one.names === undefined || other.names === undefined || one.type === other.type) return true;
  return one.names === other.names;
}

/** An endpoint like another, with a number: `prices_2`. */
export function numbered(endpoint: string, count: number): string {
  const [, path = "", rest = ""] = /^([^?#]*)([\s\S]*)$/.exec(endpoint) ?? [];
  return `${path.replace(/\/+$/, "")}_${count}${rest}`;
}

/** The paths of choices and of WebSockets that are on another server, for a note. */
export function partsElsewhere(definition: Record<string, unknown>): string[] {
  const { wsEndpoint, params } = definition;
  const options = (Array.isArray(params) ? params.flat() : []).map((param) => param?.optionsEndpoint);
  return [wsEndpoint, ...options].filter((url): url is string => typeof url === "string" && isElsewhere(url));
}
