import type { Finding } from "../findings.js";
import { fault, quoted, type Reply, type Widget } from "./reply.js";

const WORKSPACE = new URL("https://pro.openbb.co");

/**
 * Whether a browser shows a page within Workspace (contract 3.17): `frame-ancestors`, and where no policy has it,
 * X-Frame-Options.
 *
 * @param page the URL at the end of all redirects
 */
export function judgeFrame(widget: Widget, reply: Reply, page: string): Finding[] {
  const hint = "Allow https://pro.openbb.co in the header Content-Security-Policy: frame-ancestors.";
  const refused = (message: string) => [fault("error", "frame-refused", widget, ["endpoint"], message, hint)];
  const policies = (reply.headers["content-security-policy"] ?? "")
    .split(",")
    .map((policy) => policy.split(";").find((part) => /^\s*frame-ancestors(\s|$)/i.test(part)))
    .filter((directive) => directive !== undefined);
  const denying = policies.find((directive) => !allows(directive, page));
  if (denying !== undefined)
    return refused(`The page must not be shown within Workspace: its policy is ${quoted(denying)}.`);
  const option = reply.headers["x-frame-options"];
  // Browsers ignore values that they do not know, ALLOW-FROM among them.
  if (policies.length === 0 && option !== undefined && /\b(deny|sameorigin)\b/i.test(option)) {
    return refused(`The page must not be shown within Workspace: it is sent with X-Frame-Options ${quoted(option)}.`);
  }
  return [];
}

function allows(directive: string, page: string): boolean {
  const [, ...sources] = directive.trim().toLowerCase().split(/\s+/);
  return sources.some((source) => {
    // Plain http stands for https as well.
    if (source === "*" || source === "https:" || source === "http:") return true;
    if (source === "'self'") return originOf(page) === WORKSPACE.origin;
    const match = /^(?:(https?):\/\/)?(\*\.)?([^:/]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(source);
    if (!match) return false;
    const [, , wild, host = "", port] = match;
    if (port !== undefined && port !== "*" && port !== "443") return false;
    if (host === "*") return true;
    return wild ? WORKSPACE.hostname.endsWith(`.${host}`) : WORKSPACE.hostname === host;
  });
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}
