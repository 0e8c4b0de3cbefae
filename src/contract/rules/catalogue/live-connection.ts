import type { Rule } from "../rule.js";
import { LIVE_CORS_RULES } from "./live-cors.js";
import { LIVE_METADATA_RULES } from "./live-metadata.js";
import { LIVE_NETWORK_RULES } from "./live-network.js";

/** What stands between Workspace and a backend, found by connecting as its dialog does. */
export const LIVE_CONNECTION_RULES: readonly Rule[] = [
  ...LIVE_NETWORK_RULES,
  ...LIVE_METADATA_RULES,
  ...LIVE_CORS_RULES,
];
