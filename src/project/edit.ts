import type { ProjectState } from "../plan/state.js";
import type { Plan } from "../plan/types.js";
import { type ApplyOptions, type ApplyResult, applyPlan } from "./apply.js";
import { ChangedError } from "./job.js";
import { readProject } from "./read.js";

/** How often to plan anew, when others keep changing the project meanwhile. */
const MOST_TRIES = 20;

export interface Edited<P extends Plan> {
  plan: P;
  applied: ApplyResult;
}

/**
 * Changes a project: reads it, plans, and applies. When another command has changed the project between the reading
 * and the writing, it starts over, so that nothing of either is lost.
 *
 * @param root absolute path of the project
 * @throws what reading, the planner and `applyPlan` throw
 */
export async function editProject<P extends Plan>(
  root: string,
  planner: (state: ProjectState) => P | Promise<P>,
  options: Pick<ApplyOptions, "signal" | "onStep" | "lockTimeoutMs"> = {},
): Promise<Edited<P>> {
  for (let tries = 1; ; tries++) {
    const plan = await planner(await readProject(root));
    try {
      return { plan, applied: await applyPlan({ target: root, plan, ...options }) };
    } catch (error) {
      if (!(error instanceof ChangedError) || tries === MOST_TRIES) throw error;
    }
  }
}
