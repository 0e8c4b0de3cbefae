/**
 * Says that this Node cannot run one of the programs, and what to do.
 *
 * @param {"create-openbb-backend" | "openbb-backend"} name
 */
exports.tooOld = (name) => {
  console.error(`✖ ${name} needs Node 20.19 or newer, but not 21, and this is ${process.versions.node}.`);
  console.error("  Install a newer Node from https://nodejs.org");
  process.exitCode = 1;
};
