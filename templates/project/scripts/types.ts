// npm run types: writes src/openbb/params.gen.ts and src/widgets/index.gen.ts from widgets.json and the handler files.
// With --check it writes nothing, and fails when one of them is not up to date.
import { staleFiles, writeTypes } from "./generated.js";

const check = process.argv.includes("--check");
try {
  const files = check ? staleFiles() : writeTypes();
  for (const path of files) console.log(check ? `${path} is out of date: run npm run types` : `${path} written`);
  if (check && files.length > 0) process.exitCode = 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
