import { CliError } from "../../src/errors.js";
import { applyPlan } from "../../src/project/apply.js";
import { recover } from "../../src/project/recover.js";
import type { ChildTask } from "./helpers.js";

/** Runs one task in a process of its own: see `child` in helpers.ts. */
const task = JSON.parse(process.argv[2]!) as ChildTask;
let count = 0;
let failed = false;
const onStep = async (step: string) => {
  process.stdout.write(`step ${step}\n`);
  if (task.pause) await new Promise((resolve) => setTimeout(resolve, task.pause));
  if (task.killAt !== undefined && (failed || !task.killAfterFailure) && count++ === task.killAt) {
    process.kill(process.pid, "SIGKILL");
    // The signal is delivered at once, but not before this line is reached.
    await new Promise(() => undefined);
  }
  if (step === task.failAt) {
    failed = true;
    throw Object.assign(new Error("EIO: injected"), { code: "EIO" });
  }
};
try {
  if (task.run === "apply") {
    await applyPlan({ target: task.target, plan: task.plan!, secrets: task.secrets, onStep, lockTimeoutMs: 10_000 });
  } else {
    await recover(task.target, onStep);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = error instanceof CliError ? error.exitCode : 99;
}
process.stdout.write("done\n");
