import { askerOf, type Terminal } from "./asker.js";

/**
 * Asks whether handlers that were edited may be deleted.
 *
 * @param paths of the handlers
 * @throws CancelledError when the user cancels
 */
export function confirmDeleting(paths: string[], terminal: Terminal): Promise<boolean> {
  return askerOf(terminal).confirm(`You have edited ${paths.join(", ")}. Delete it all the same?`, false);
}
