import type { ErrorRequestHandler, RequestHandler } from "express";
import { sendJson } from "./send.js";

/**
 * An error that the caller may read: `throw new HttpError(404, "No prices for XYZ.")`.
 * Workspace shows the detail in the widget. Any other error becomes a 500 without details.
 */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }
}

/** Unknown routes answer in JSON too: Workspace cannot read an HTML error page. */
export const notFound: RequestHandler = (req, res) => {
  sendJson(res, 404, { detail: `There is no ${req.path} on this backend. GET / lists what there is.` });
};

/** The last middleware: every error becomes `{ detail }`, the form that Workspace shows. */
export const errorHandler: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error);
  // Widgets show `detail`, forms only `message`.
  const refuse = (status: number, detail: string) =>
    sendJson(res, status, req.method === "POST" || req.method === "PUT" ? { detail, message: detail } : { detail });
  if (error instanceof HttpError) {
    if (error.status >= 500) res.err = error;
    res.set(error.headers);
    return refuse(error.status, error.detail);
  }
  // Middleware that refuses a request (a malformed body, one that is too large) says that its message may be shown.
  // Errors of HTTP clients have a status too, but that is another server's, and their message may hold secrets.
  const status = Number(error?.status);
  if (error?.expose === true && status >= 400 && status < 500) {
    return refuse(status, `The request could not be read: ${error.message}.`);
  }
  // The log line of this request then holds the error, with its stack.
  res.err = error instanceof Error ? error : new Error(String(error));
  refuse(500, `The backend failed to answer. Its log has the reason, under request ${req.id}.`);
};
