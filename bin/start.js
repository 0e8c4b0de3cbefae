/**
 * Runs one of the programs, after a look at Node's version: an older one could not even load the rest.
 *
 * @param {"create-openbb-backend" | "openbb-backend"} name
 */
export async function start(name) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`✖ ${name} needs Node 20.19 or newer, and this is ${process.versions.node}.`);
    console.error("  Install a newer Node from https://nodejs.org");
    process.exitCode = 1;
    return;
  }
  const { run } = await import("../dist/cli.js");
  await run(name);
}
