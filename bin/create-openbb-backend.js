#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
// An older Node could not load the program, and most of 21 cannot write in colour.
// CommonJS, and nothing between here and there: both cost a start time.
if (major > 21 || (major === 20 && minor >= 19)) require("../dist/cli.cjs").run("create-openbb-backend");
else require("./too-old.js").tooOld("create-openbb-backend");
