/** How Workspace turns the endpoints of widgets.json into URLs (contract §1.1 and §2), read from the backend's side. */

/** Whether an endpoint is not on this backend: Workspace uses whatever starts with `http` or `data:` as it stands. */
export function isElsewhere(endpoint: string): boolean {
  return endpoint.startsWith("http") || endpoint.startsWith("data:");
}

/**
 * An endpoint as the path of a request: a leading slash, none doubled, none at the end, percent-encoded. What it says
 * after `?` is left out.
 */
export function endpointPath(endpoint: string): string {
  // `..` and `.` are taken out by the browser before it asks.
  const path = new URL(endpoint.replace(/^[\s/\\]*/, "/").replace(/[/\\]{2,}/g, "/"), "http://backend").pathname;
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

/** An endpoint as the path of a route: braces around the name of a parameter are a placeholder, any others are not. */
export function routePath(endpoint: string, params: Iterable<string>): string {
  const names = new Set(params);
  return endpointPath(endpoint).replace(/%7B(.*?)%7D/g, (all, name: string) => {
    const plain = decodeName(name);
    return names.has(plain) ? `{${plain}}` : all;
  });
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What an endpoint says after `?`, name by name; `{symbol}` stands for the value of that parameter. */
export function endpointQuery(endpoint: string): [string, string][] {
  const mark = endpoint.indexOf("?");
  return mark < 0 ? [] : [...new URLSearchParams(endpoint.slice(mark + 1).replace(/#.*$/s, ""))];
}

/** The name of the parameter that a text is the placeholder of. */
export function placeholderName(text: string): string | undefined {
  return /^\{([^{}/]+)\}$/.exec(text)?.[1];
}

/** The names in `{braces}` of an endpoint: Workspace puts the parameter's value there, as it is. */
export function placeholders(endpoint: string): string[] {
  return [...endpoint.replace(/\?.*$/s, "").matchAll(/\{([^{}/]+)\}/g)].map(([, name]) => name as string);
}
