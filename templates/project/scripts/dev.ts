// npm run dev: `tsx watch` starts this again whenever code, widgets.json or apps.json changes.
import { existsSync } from "node:fs";
import { CERT, CERT_KEY } from "./cert.js";
import { writeTypes } from "./generated.js";

writeTypes();
if (existsSync(CERT) && existsSync(CERT_KEY)) {
  process.env.TLS_CERT ??= CERT;
  process.env.TLS_KEY ??= CERT_KEY;
}
await import("../src/server.js");
