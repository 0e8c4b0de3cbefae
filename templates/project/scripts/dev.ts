// npm run dev: `tsx watch` starts this again whenever code, widgets.json or apps.json changes.
import { existsSync } from "node:fs";
import { CERT, CERT_KEY } from "./cert.js";
import { writeTypes } from "./generated.js";

if (existsSync(CERT) && existsSync(CERT_KEY)) {
  process.env.TLS_CERT ??= CERT;
  process.env.TLS_KEY ??= CERT_KEY;
}
try {
  writeTypes();
  await import("../src/server.js");
} catch (error) {
  // A file that is half edited: the next change starts this again.
  console.error((error as Error).message);
  process.exitCode = 1;
}
