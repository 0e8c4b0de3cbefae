// Writes the JSON Schema of the config file beside the bundle, from the bundle itself.
import { writeFileSync } from "node:fs";
import { configSchema } from "../dist/index.js";

const target = new URL("../dist/create.schema.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(configSchema(), null, 2)}\n`);
