import { createHash, createHmac } from "node:crypto";
import type { Request, Response } from "express";
import type { Config } from "../config.js";

/** Before the token in the path of a request that cannot have headers: `/t/<token>/<path>`. */
const PREFIX = "/t/";

/** Who calls, and for what. */
export interface Grant {
  /** The name of the key from which the token was made. */
  owner: string;
  /** The id of the widget that it opens. */
  widget: string;
}

/**
 * Tokens for what Workspace asks for without headers: PDF files, pages in frames, WebSockets, linked files. One a key
 * and widget, handed out in the widgets.json that the owner of the key gets; it opens that widget's `headerless` URLs
 * and nothing else. It is made from the key: a key that is taken away takes its tokens with it.
 */
export class Tokens {
  private readonly byOwner = new Map<string, Map<string, string>>();
  private readonly grants = new Map<string, Grant>();

  constructor(apiKeys: Map<string, string>, widgets: string[]) {
    for (const [owner, key] of apiKeys) {
      const tokens = new Map<string, string>();
      for (const widget of widgets) {
        const token = createHmac("sha256", key).update(`openbb-widget:${widget}`).digest("base64url");
        tokens.set(widget, token);
        this.grants.set(digest(token), { owner, widget });
      }
      this.byOwner.set(owner, tokens);
    }
  }

  /** A path that opens without headers: with a token in it, or as it is where no keys are set. */
  path(owner: string | undefined, widget: string, path: string): string {
    const token = owner === undefined ? undefined : this.byOwner.get(owner)?.get(widget);
    return token === undefined ? path : `${PREFIX}${token}${path}`;
  }

  /** Takes the token out of a URL; undefined when there is none in it. `grant` is undefined when it opens nothing. */
  take(url: string): { url: string; grant: Grant | undefined } | undefined {
    if (!url.startsWith(PREFIX)) return undefined;
    const end = url.indexOf("/", PREFIX.length);
    if (end < 0) return { url: "/", grant: undefined };
    return { url: url.slice(end), grant: this.grants.get(digest(url.slice(PREFIX.length, end))) };
  }
}

/** The log must not hold what opens a door. */
export function withoutToken(path: string): string {
  return path.startsWith(PREFIX) ? path.replace(/^\/t\/[^/]*/, `${PREFIX}…`) : path;
}

/** Looked up by its digest: how long that takes tells nothing about a token. */
function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The URL of this backend as the caller knows it, without a slash at its end. */
export function baseUrl(req: Request, config: Pick<Config, "publicUrl">): string {
  return config.publicUrl ?? `${req.protocol}://${req.headers.host}`;
}

/** The owner of the key, or of the token, of a request. */
export function ownerOf(res: Response): string | undefined {
  return res.locals?.grant?.owner ?? res.locals?.keyOwner;
}
