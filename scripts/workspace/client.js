// HTTP as Workspace's browser does it: a preflight before every call with headers, and CORS on every answer.
const ORIGIN = "https://pro.openbb.co";
export const MINUTE_MS = 60_000;

/** Makes the calls of one connection; every call that was fine is added to `done`. */
export function clientOf(url, headers) {
  const done = [];
  const absolute = (path) => (path.startsWith("http") ? path : `${url}/${path.replace(/^\/+/, "")}`);

  /** Calls with the headers of the connection. `bare` leaves them out, as Workspace does for some types. */
  async function call(path, { method = "GET", body, bare = false, expect = 200 } = {}) {
    const own = {
      ...(bare ? {} : headers),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    };
    // The token of a link is another one at each start of a key.
    const name = `${method} ${new URL(absolute(path)).pathname.replace(/^\/t\/[^/]+/, "")}`;
    if (Object.keys(own).length > 0) await preflight(absolute(path), method, own);
    const response = await fetch(absolute(path), {
      method,
      headers: { Origin: ORIGIN, ...own },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(MINUTE_MS),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status !== expect) throw new Error(`${name} answered ${response.status}: ${bytes.subarray(0, 300)}`);
    if (response.headers.get("access-control-allow-origin") !== ORIGIN) throw new Error(`${name} lacks CORS headers.`);
    done.push(name);
    return {
      bytes,
      text: bytes.toString(),
      type: response.headers.get("content-type") ?? "",
      headers: response.headers,
    };
  }

  /** The same, read as JSON whatever its type says. */
  async function json(path, options) {
    const { text } = await call(path, options);
    return JSON.parse(text);
  }

  return { call, json, done, url, origin: ORIGIN };
}

async function preflight(url, method, headers) {
  const response = await fetch(url, {
    method: "OPTIONS",
    headers: {
      Origin: ORIGIN,
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": Object.keys(headers).join(",").toLowerCase(),
      "Access-Control-Request-Private-Network": "true",
    },
  });
  const allowed = (name) => response.headers.get(`access-control-allow-${name}`)?.toLowerCase() ?? "";
  const good =
    response.ok &&
    response.headers.get("access-control-allow-origin") === ORIGIN &&
    response.headers.get("access-control-allow-private-network") === "true" &&
    allowed("methods").includes(method.toLowerCase()) &&
    Object.keys(headers).every((name) => allowed("headers").includes(name.toLowerCase()));
  if (!good) throw new Error(`The preflight of ${method} ${url} was refused (${response.status}).`);
}
