import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";

export const JSON_TYPE = "application/json; charset=utf-8";

/** A body, ready to send. */
export interface Body {
  contentType: string;
  text: string | Uint8Array;
  headers?: Record<string, string>;
  /** Called when the text has been sent or copied: its memory is used again. */
  sent?: () => void;
}

/** Below this a compressed body saves nothing. */
const WORTH_COMPRESSING = 1024;

/** Up to this size, bytes are kept as a latin1 text: Node then sends headers and body in one write, twice as fast. */
const ONE_WRITE = 64 * 1024;

/** A body that is sent many times: its bytes, plain and compressed, and its ETag, all made once. */
export interface Prepared {
  contentType: string;
  headers?: Record<string, string> | undefined;
  plain: Buffer | string;
  gzipped?: Buffer | string;
  etag: string;
}

/** Sends a body once. Not `res.send()`: that hashes it for an ETag, which costs more than it saves here. */
export function sendBody(res: Response, status: number, { contentType, text, headers, sent }: Body): void {
  res.statusCode = status;
  if (headers) for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader("Content-Type", contentType);
  res.setHeader("Content-Length", Buffer.byteLength(text));
  if (sent) res.once("finish", sent);
  res.end(text);
}

/** Answers with JSON. */
export function sendJson(res: Response, status: number, body: unknown): void {
  sendBody(res, status, { contentType: JSON_TYPE, text: JSON.stringify(body) });
}

/** Makes the bytes of a body that is sent many times. */
export async function prepare({ contentType, text, headers, sent }: Body): Promise<Prepared> {
  const bytes = Buffer.from(text);
  sent?.();
  const plain = bytes.length > ONE_WRITE ? bytes : bytes.toString("latin1");
  // Weak: the same for the plain and the compressed bytes.
  const etag = `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  if (bytes.length < WORTH_COMPRESSING) return { contentType, headers, plain, etag };
  const zipped = await promisify(gzip)(bytes);
  return { contentType, headers, plain, gzipped: zipped.length > ONE_WRITE ? zipped : zipped.toString("latin1"), etag };
}

/** The memory that a prepared body takes, in bytes. */
export function sizeOf({ plain, gzipped }: Prepared): number {
  return plain.length + (gzipped?.length ?? 0) + 256;
}

/** Sends a prepared body, or 304 when the caller has it already. Browsers keep it, and ask each time. */
export function sendPrepared(req: Request, res: Response, prepared: Prepared): void {
  const { contentType, headers, plain, gzipped, etag } = prepared;
  if (headers) for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader("ETag", etag);
  res.setHeader("Cache-Control", "private, no-cache");
  if (hasEtag(req.headers["if-none-match"], etag)) {
    res.statusCode = 304;
    res.end();
    return;
  }
  res.setHeader("Content-Type", contentType);
  const bytes = gzipped && takesGzip(req) ? gzipped : plain;
  if (bytes !== plain) res.setHeader("Content-Encoding", "gzip");
  // With this header set, the compression middleware leaves the body alone.
  else if (req.headers["accept-encoding"] !== undefined) res.setHeader("Content-Encoding", "identity");
  res.setHeader("Content-Length", bytes.length);
  res.end(bytes, "latin1");
}

function takesGzip(req: Request): boolean {
  const accepted = req.headers["accept-encoding"];
  return accepted !== undefined && req.acceptsEncodings("gzip") === "gzip";
}

function hasEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header === "*" || header.split(",").some((one) => one.trim().replace(/^(?!W\/)/, "W/") === etag);
}
