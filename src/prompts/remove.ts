import { askerOf, type Terminal } from "./asker.js";

/**
 * Asks whether handlers that were edited may be deleted. Enter alone keeps them.
 *
 * @param paths of the handlers
 * @throws CancelledError when the user cancels
 */
export function confirmDeleting(paths: string[], terminal: Terminal): Promise<boolean> {
  const ask = askerOf(terminal);
  const [it, they] = paths.length === 1 ? ["it", "This file was"] : ["them", "These files were"];
  ask.warn(`${they} edited since this tool wrote ${it}:\n${paths.join("\n")}`);
  return ask.confirm(`Delete ${it} all the same?`, false);
}
