#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
// An older Node could not even load the program. Nothing stands between here and there: each file costs a start time.
if (major > 20 || (major === 20 && minor >= 19)) {
  const { run } = await import("../dist/cli.js");
  await run("create-openbb-backend");
} else {
  const { tooOld } = await import("./too-old.js");
  tooOld("create-openbb-backend");
}
