import type { Response } from "express";

export const JSON_TYPE = "application/json; charset=utf-8";

/**
 * Sends a body whose type has been set. Not `res.send()`: that hashes every body for an ETag, which costs more than it
 * saves here.
 */
export function sendBytes(res: Response, status: number, body: Buffer): void {
  res.statusCode = status;
  res.setHeader("Content-Length", body.length);
  res.end(body);
}

/** Answers with JSON. */
export function sendJson(res: Response, status: number, body: unknown): void {
  res.setHeader("Content-Type", JSON_TYPE);
  sendBytes(res, status, Buffer.from(JSON.stringify(body)));
}
