import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { insecureHost } from "../insecure.js";
import { type App, warning } from "./model.js";

/** MCP servers that a browser does not let Workspace call (contract §1.3 and §7). */
export function serverFindings({ value, where, inIt }: App): Finding[] {
  const key = Object.hasOwn(value, "mcpServers") ? "mcpServers" : "mcp_servers";
  const servers = value[key];
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server: unknown, index) => {
    const url = isObject(server) ? server.url : undefined;
    const host = typeof url === "string" ? insecureHost(url) : undefined;
    if (host === undefined) return [];
    const message = `An MCP server${inIt} has a plain-http address of ${shown(host)}: browsers block the call, since Workspace itself is served over https.`;
    return [warning("insecure-url", [...where, key, index, "url"], message, "Serve it over https.")];
  });
}
