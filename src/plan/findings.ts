import type { Finding } from "../contract/findings.js";

/** Whether a finding on a new project matters: defaults that Workspace does not send are filled in by its runtime. */
export function worthTelling({ severity, code }: Finding): boolean {
  return severity === "error" || (severity === "warning" && code !== "default-not-sent");
}
