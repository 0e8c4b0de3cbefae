/** Questions need a terminal on both sides, and nobody answers them in CI. */
export function isTerminal(): boolean {
  const ci = process.env.CI;
  return process.stdin.isTTY === true && process.stdout.isTTY === true && (!ci || ci === "false" || ci === "0");
}
