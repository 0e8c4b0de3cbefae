import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Config } from "../config.js";
import { HttpError } from "./errors.js";
import { keyOwner } from "./keys.js";
import { Tokens } from "./links.js";
import type { Manifest } from "./manifest.js";
import { hostAllowed, originAllowed } from "./security.js";
import { endpointPath } from "./typegen/paths.js";
import type { SocketEndpoint } from "./widget.js";

/**
 * Hands WebSocket connections to the widgets that take them, after the checks that every request goes through: host,
 * origin, and the key. Browsers send no headers with them, so the key's place is taken by the token in the path.
 */
export function upgrades(config: Config, manifest: Manifest) {
  const widgets = manifest.widgets.filter(({ socket }) => socket !== undefined);
  const tokens = new Tokens(
    config.apiKeys,
    widgets.map(({ id }) => id),
  );
  const fromHost = hostAllowed(config);
  const fromOrigin = originAllowed(config);

  /** The widget's socket that a request asks for. Throws what to answer instead. */
  function find({ headers, url = "/" }: IncomingMessage): SocketEndpoint {
    const { host, origin } = headers;
    if (headers.upgrade?.toLowerCase() !== "websocket") throw new HttpError(400, "Only WebSockets are taken here.");
    if (!fromHost(host)) throw new HttpError(403, `This backend does not answer to the host name "${host}".`);
    const scheme = config.tls || headers["x-forwarded-proto"] === "https" ? "https" : "http";
    if (!fromOrigin(origin, `${scheme}://${host}`)) {
      throw new HttpError(403, `Pages of ${origin} may not use this backend. Add it to ALLOWED_ORIGINS.`);
    }
    const taken = tokens.take(url);
    const path = endpointPath(taken?.url ?? url);
    const there = widgets.filter((one) => one.socket?.path === path);
    // Widgets may share a socket: the token is that of any of them.
    const widget = there.find(({ id }) => id === taken?.grant?.widget) ?? there[0];
    const owner = taken?.grant?.widget === widget?.id ? taken?.grant?.owner : undefined;
    if (config.apiKeys.size > 0 && (taken ? owner : keyOwner(headers, config.apiKeys)) === undefined) {
      throw new HttpError(401, "This needs the link of widgets.json. Refresh the backend in Workspace.");
    }
    if (!widget?.socket) throw new HttpError(404, `There is no WebSocket at ${path}.`);
    return widget.socket;
  }

  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Without a listener, a connection that breaks would end the process.
    socket.on("error", () => socket.destroy());
    try {
      find(request).upgrade(request, socket, head);
    } catch (error) {
      refuse(socket, error instanceof HttpError ? error : new HttpError(500, "The backend failed to answer."));
    }
  };
}

function refuse(socket: Duplex, { status, detail }: HttpError): void {
  const body = JSON.stringify({ detail });
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nConnection: close\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
