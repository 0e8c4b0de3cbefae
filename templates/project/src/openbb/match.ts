import { HttpError } from "./errors.js";
import type { ServedWidget } from "./manifest.js";
import { placeholderName, placeholders } from "./typegen/paths.js";
import type { Endpoint } from "./widget.js";

/** One endpoint of one widget. */
export interface Route {
  widget: ServedWidget;
  endpoint: Endpoint;
  /** What the endpoint in widgets.json says after `?`: two widgets may share a path and differ in this. */
  query?: [string, string][] | undefined;
  /** The names of the widget's parameters: two widgets of different types may share a path and differ in these. */
  names?: string[] | undefined;
}

/** The routes at the path of a request. */
class Found {
  constructor(
    readonly path: string,
    readonly routes: Route[],
    private readonly filled: [string, string][] = [],
  ) {}

  /**
   * The route for a request; the values of placeholders are added to its query.
   *
   * @throws HttpError 405 when none takes this method
   */
  choose(method: string, query: URLSearchParams): Route {
    const route = this.fitting(method === "HEAD" ? "GET" : method, query);
    if (!route) {
      const methods = [...new Set(this.routes.map(({ endpoint }) => endpoint.method))];
      if (methods.some((one) => one === method)) throw new HttpError(404, `${this.path} has nothing for this query.`);
      const allowed = methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : one));
      throw new HttpError(405, `${this.path} answers ${methods.join(" and ")}, not ${method}.`, {
        Allow: [...allowed, "OPTIONS"].join(", "),
      });
    }
    for (const [name, value] of this.filled) query.set(name, value);
    for (const [name, value] of route.query ?? []) rename(query, name, placeholderName(value));
    return route;
  }

  private fitting(method: string, query: URLSearchParams): Route | undefined {
    const [only] = this.routes;
    if (this.routes.length === 1) return only?.endpoint.method === method ? only : undefined;
    const fitting = this.routes.filter(({ endpoint }) => endpoint.method === method);
    if (fitting.length < 2) return fitting[0];
    // Of those that ask for something in the query, the one that asks for most of what is there; of those that ask
    // for the same, the one whose parameters are nearest to what is sent.
    const met = fitting.filter((one) => constants(one).every(([name, value]) => query.get(name) === value));
    const sent = [...new Set(query.keys())];
    const rank = (one: Route) => [-constants(one).length, ...misfit(one, sent)];
    return met.map((one) => ({ one, rank: rank(one) })).sort((a, b) => compare(a.rank, b.rank))[0]?.one;
  }
}

/** What a request for the route always has in its query. */
function constants({ query = [] }: Route): [string, string][] {
  return query.filter(([, value]) => placeholderName(value) === undefined);
}

/** How many of the names that were sent the widget does not know, and whether it lacks a theme that it would get. */
function misfit({ names = [], query = [] }: Route, sent: string[]): number[] {
  const known = new Set([...names, ...query.map(([name]) => name)]);
  return [sent.filter((name) => !known.has(name)).length, known.has("theme") && !sent.includes("theme") ? 1 : 0];
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

/** Gives what was sent as `name` the name of the parameter whose value it is; nothing was sent if it stands empty. */
function rename(query: URLSearchParams, name: string, param: string | undefined): void {
  const value = query.get(name);
  if (param === undefined || value === null) return;
  query.delete(name);
  if (!isNoValue(value, param)) query.set(param, value);
}

/** A path with placeholders: the texts around them, one more than there are placeholders. */
interface Pattern {
  texts: string[];
  /** What widgets call the placeholders: two may have other names for the same. */
  names: string[][];
  routes: Route[];
}

/** Finds routes by path. Paths are matched literally: a `:` or `*` in one has no meaning. */
export class RouteTable {
  private readonly exact = new Map<string, Found>();
  private readonly patterns = new Map<string, Pattern>();

  /**
   * Adds a route.
   *
   * @returns the route that is there already, if one takes the same requests: the new one is then not added
   */
  add(route: Route): Route | undefined {
    const { path, method } = route.endpoint;
    const names = placeholders(path);
    const routes = names.length > 0 ? this.pattern(path, names) : this.at(path);
    const same = routes.find((one) => one.endpoint.method === method && !differ(one, route));
    if (!same) routes.push(route);
    return same;
  }

  /** The routes at a path: without a query, percent-encoded, a slash at its end left out. */
  find(path: string): Found | undefined {
    const plain = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
    const found = this.exact.get(plain);
    if (found || this.patterns.size === 0) return found;
    // Each value is one part of the path. Where nothing fits so, the last one may be more: EUR/USD.
    for (const loose of [false, true]) {
      for (const pattern of this.patterns.values()) {
        // A placeholder at the end may be empty: then the slash before it belongs to the path.
        const values = valuesIn(plain, pattern.texts, loose) ?? valuesIn(path, pattern.texts, loose);
        if (values) {
          const all = pattern.names.flatMap((names) => filled(names, values));
          return new Found(plain, pattern.routes, all);
        }
      }
    }
    return undefined;
  }

  private at(path: string): Route[] {
    const found = this.exact.get(path) ?? new Found(path, []);
    this.exact.set(path, found);
    return found.routes;
  }

  private pattern(path: string, names: string[]): Route[] {
    const texts = path.split(/\{[^{}/]+\}/);
    const key = texts.join("{}");
    const pattern = this.patterns.get(key) ?? { texts, names: [], routes: [] };
    pattern.names.push(names);
    this.patterns.set(key, pattern);
    return pattern.routes;
  }
}

/** What stands between some texts in a path. No regular expression: the time grows with the length and no faster. */
function valuesIn(path: string, texts: string[], loose: boolean): string[] | undefined {
  const [first = "", ...others] = texts;
  const last = others.pop() ?? "";
  if (!path.startsWith(first) || !path.endsWith(last)) return undefined;
  const values: string[] = [];
  let from = first.length;
  for (const text of others) {
    const to = path.indexOf(text, from);
    if (to < 0) return undefined;
    values.push(path.slice(from, to));
    from = to + text.length;
  }
  if (from > path.length - last.length) return undefined;
  const rest = path.slice(from, path.length - last.length);
  return [...values, loose ? "" : rest].some((value) => value.includes("/")) ? undefined : [...values, rest];
}

/** The values in the place of placeholders. What stands for "no value" is left out: the default holds then. */
function filled(names: string[], values: string[]): [string, string][] {
  return names.flatMap((name, at): [string, string][] => {
    const value = decode(values[at] as string);
    return isNoValue(value, name) ? [] : [[name, value]];
  });
}

function isNoValue(value: string, name: string): boolean {
  return ["", "null", "undefined", `{${name}}`].includes(value);
}

/** Whether requests for two routes at one path can be told apart. */
function differ(one: Route, other: Route): boolean {
  if (String(one.query ?? []) !== String(other.query ?? [])) return true;
  if (!one.names || !other.names || one.widget.type === other.widget.type) return false;
  return String([...one.names].sort()) !== String([...other.names].sort());
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HttpError(400, "The path is not properly encoded.");
  }
}
