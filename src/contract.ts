/** What OpenBB Workspace accepts, and what it makes of the rest, as a library for Node and browsers. */
export * from "./contract/index.js";
export { validateAgents } from "./contract/rules/agents/index.js";
export * from "./contract/rules/index.js";
