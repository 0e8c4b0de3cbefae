// npm run dev: `tsx watch` starts this again whenever code, widgets.json or apps.json changes.
import { writeTypes } from "./generated.js";

writeTypes();
await import("../src/server.js");
