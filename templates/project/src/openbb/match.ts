import { HttpError } from "./errors.js";
import type { ServedWidget } from "./manifest.js";
import { placeholders } from "./typegen/paths.js";
import type { Endpoint } from "./widget.js";

/** One endpoint of one widget. */
export interface Route {
  widget: ServedWidget;
  endpoint: Endpoint;
  /** What the endpoint in widgets.json says after `?`: two widgets may share a path and differ in this. */
  query?: [string, string][] | undefined;
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
    return route;
  }

  private fitting(method: string, query: URLSearchParams): Route | undefined {
    const [only] = this.routes;
    if (this.routes.length === 1) return only?.endpoint.method === method ? only : undefined;
    const fitting = this.routes.filter(({ endpoint }) => endpoint.method === method);
    if (fitting.length < 2) return fitting[0];
    // Of those that ask for something in the query, the one that asks for most of what is there.
    const met = fitting.filter((one) => (one.query ?? []).every(([name, value]) => query.get(name) === value));
    return met.sort((a, b) => (b.query?.length ?? 0) - (a.query?.length ?? 0))[0];
  }
}

interface Pattern {
  /** Each placeholder is one part of the path; in `loose`, the last one may be more: EUR/USD. */
  strict: RegExp;
  loose: RegExp;
  names: string[];
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
    const same = routes.find((one) => one.endpoint.method === method && String(one.query) === String(route.query));
    if (!same) routes.push(route);
    return same;
  }

  /** The routes at a path: without a query, percent-encoded, a slash at its end left out. */
  find(path: string): Found | undefined {
    const plain = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
    const found = this.exact.get(plain);
    if (found || this.patterns.size === 0) return found;
    for (const kind of ["strict", "loose"] as const) {
      for (const pattern of this.patterns.values()) {
        const values = pattern[kind].exec(plain)?.slice(1);
        if (values) return new Found(plain, pattern.routes, filled(pattern.names, values));
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
    const parts = path.split(/\{[^{}/]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const source = (last: string) =>
      parts.reduce((before, part, at) => `${before}${at < names.length ? "([^/]*)" : last}${part}`);
    const key = parts.join("{}");
    const pattern = this.patterns.get(key) ?? {
      strict: new RegExp(`^${source("([^/]*)")}$`),
      loose: new RegExp(`^${source("(.*)")}$`),
      names,
      routes: [],
    };
    this.patterns.set(key, pattern);
    return pattern.routes;
  }
}

/** The values in the place of placeholders. What stands for "no value" is left out: the default holds then. */
function filled(names: string[], values: string[]): [string, string][] {
  return names.flatMap((name, at): [string, string][] => {
    const value = decode(values[at] as string);
    return ["", "null", "undefined", `{${name}}`].includes(value) ? [] : [[name, value]];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HttpError(400, "The path is not properly encoded.");
  }
}
