import { readFile, stat } from "node:fs/promises";
import { CancelledError, CliError, EXIT } from "../errors.js";
import { parseJson } from "../plan/json/edit.js";

const MOST_BYTES = 10 * 1024 * 1024;
const LONGEST_MS = 20_000;
const MOST_REDIRECTS = 5;

/**
 * Reads a widgets.json or apps.json that belongs to somebody else: a file, or what an http(s) URL answers with.
 *
 * @param source a path or a URL
 * @returns the parsed JSON; nothing in it is checked
 * @throws CliError with exit code 2 that says what is wrong with it
 */
export async function readSource(source: string, signal?: AbortSignal): Promise<unknown> {
  const isUrl = /^[a-z][a-z\d+.-]+:\/\//i.test(source);
  const bytes = isUrl ? await download(source, signal) : await readLocal(source, signal);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unusable(source, "it is not UTF-8 text", cause);
  }
  try {
    return JSON.parse(text);
  } catch {
    if (/^\s*<(!doctype|html|\?xml|!--)/i.test(text)) {
      throw unusable(source, "it is a page of HTML, not JSON: give the address of the file itself");
    }
    return strictly(text, source);
  }
}

/** Only to say where the text is wrong, and how. */
function strictly(text: string, source: string): unknown {
  try {
    return parseJson(text, source);
  } catch (error) {
    throw new CliError(EXIT.usage, (error as Error).message, "Mend the file.", { cause: error });
  }
}

async function readLocal(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw unusable(path, found.isDirectory() ? "it is a folder" : "it is no file");
    if (found.size > MOST_BYTES) throw tooLarge(path);
    return await readFile(path, signal ? { signal } : {});
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (signal?.aborted) throw new CancelledError();
    const { code, message } = error as NodeJS.ErrnoException;
    throw unusable(path, code === "ENOENT" ? "there is no such file" : message, error);
  }
}

async function download(source: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(LONGEST_MS);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    return await body(await follow(source, either), source);
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (signal?.aborted) throw new CancelledError();
    if (timeout.aborted) throw unusable(source, `there was no whole answer within ${LONGEST_MS / 1000} seconds`, error);
    const { message, cause } = error as Error;
    throw unusable(source, cause instanceof Error && cause.message !== "" ? cause.message : message, error);
  }
}

/** Follows redirects by hand: each must lead to http or https, and never from https to http. */
async function follow(source: string, signal: AbortSignal): Promise<Response> {
  let url = urlOf(source, source);
  for (let count = 0; ; count++) {
    const response = await fetch(url, { redirect: "manual", signal, headers: { Accept: "application/json" } });
    const next = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || next === null) return response;
    await response.body?.cancel();
    if (count === MOST_REDIRECTS) throw unusable(source, `it leads on more than ${MOST_REDIRECTS} times`);
    const target = urlOf(next, source, url);
    if (url.protocol === "https:" && target.protocol === "http:") {
      throw unusable(source, `it leads from https to http, to ${target.origin}`);
    }
    url = target;
  }
}

function urlOf(text: string, source: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw unusable(source, `"${text.slice(0, 200)}" is no URL`);
  const url = new URL(text, base);
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  throw unusable(source, `only http and https addresses are read, not ${url.protocol}`);
}

async function body(response: Response, source: string): Promise<Uint8Array> {
  if (!response.ok) {
    await response.body?.cancel();
    throw unusable(source, REASONS[response.status] ?? `the server answered with status ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw tooLarge(source);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const REASONS: Record<number, string> = {
  401: "the server asks for credentials (401): save the file, and give its path",
  403: "the server refuses it (403): save the file, and give its path",
  404: "the server has nothing there (404): the address must end in /widgets.json, or in /apps.json",
};

function tooLarge(source: string): CliError {
  return unusable(source, `it is larger than ${MOST_BYTES / 1024 / 1024} MB`);
}

function unusable(source: string, why: string, cause?: unknown): CliError {
  const shown = source.length > 200 ? `${source.slice(0, 199)}…` : source;
  return new CliError(EXIT.usage, `${shown} cannot be used: ${why}.`, "Give a file, or a URL that answers with one.", {
    cause,
  });
}
