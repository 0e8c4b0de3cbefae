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

/** The names in `{braces}` of an endpoint: Workspace puts the parameter's value there, as it is. */
export function placeholders(endpoint: string): string[] {
  return [...endpoint.replace(/\?.*$/s, "").matchAll(/\{([^{}/]+)\}/g)].map(([, name]) => name as string);
}
