/** A WebSocket as a live grid opens it (contract 3.14): no headers, no subprotocol, one message to begin with. */
import { CancelledError } from "../errors.js";
import type { SocketAnswer } from "./types.js";
import { isMixedContent, WORKSPACE_ORIGIN } from "./url.js";

const MAX_MESSAGE_BYTES = 8_000_000;
/** After the first message, others that come at once are worth a look. */
const MORE_MS = 300;
/** Many sockets greet first, and send rows a moment later. */
const LATER_MS = 3000;
const MOST_MESSAGES = 200;
const MOST_CHARACTERS = 16_000_000;

/**
 * Opens a socket, says hello, and listens.
 *
 * @param waitMs how long to wait for the socket to open, and then for its first message
 * @param enough whether a message will do; until one does, it listens a little longer
 * @throws CancelledError after Ctrl-C; nothing else
 */
export async function listen(
  url: string,
  hello: unknown,
  {
    waitMs,
    signal,
    enough = () => true,
  }: { waitMs: number; signal?: AbortSignal; enough?: (message: string) => boolean },
): Promise<Omit<SocketAnswer, "call">> {
  const plain = url.replace("ws", "http");
  if (!/^wss?:\/\//.test(url) || !URL.canParse(url)) return refused("it is no address of a socket");
  if (isMixedContent(new URL(plain))) return refused("an https page may open ws:// on localhost only: use wss://");
  if (signal?.aborted) throw new CancelledError();
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(url, {
    origin: WORKSPACE_ORIGIN,
    handshakeTimeout: waitMs,
    maxPayload: MAX_MESSAGE_BYTES,
    followRedirects: false,
  });
  const messages: string[] = [];
  let opened = false;
  let characters = 0;
  let well = false;
  let tooLarge = false;
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => socket.terminate();
  signal?.addEventListener("abort", cancel);
  try {
    const reason = await new Promise<string | undefined>((resolve) => {
      const wait = (ms: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => resolve(undefined), ms);
      };
      socket.on("open", () => {
        opened = true;
        socket.send(JSON.stringify(hello));
        wait(waitMs);
      });
      socket.on("message", (data, binary) => {
        // A page gets binary messages as a Blob, which is no JSON.
        const message = binary ? "" : String(data);
        messages.push(message);
        characters += message.length;
        if (messages.length === 1) wait(Math.min(waitMs, LATER_MS));
        if (messages.length >= MOST_MESSAGES || characters > MOST_CHARACTERS) resolve(undefined);
        if (well || !enough(message)) return;
        well = true;
        wait(MORE_MS);
      });
      socket.on("error", (error: NodeJS.ErrnoException) => {
        tooLarge = error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
        resolve(error.message || error.code || "it failed");
      });
      socket.on("close", (code, text) => resolve(`closed with code ${code}${text.length > 0 ? `: ${text}` : ""}`));
    });
    if (signal?.aborted) throw new CancelledError();
    return { opened, messages, ...(reason === undefined ? {} : { reason }), ...(tooLarge ? { tooLarge } : {}) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
    socket.terminate();
  }
}

function refused(reason: string): Omit<SocketAnswer, "call"> {
  return { opened: false, messages: [], reason };
}
