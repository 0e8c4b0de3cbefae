import { agentSchema, featureSchema } from "../rules/agents/schema.js";
import { amend, FULL_URL, fromZod, ignored, type JsonSchema, ref } from "./json-schema.js";

/** What Workspace itself acts on; any other feature is the agent's own. */
const FEATURES = ["widget-dashboard-select", "widget-dashboard-search", "widget-global-search", "mcp-tools"];
const OLD = ignored("It is out of date, and Workspace shows a notice: say it in features.");

/** The schema of agents.json (contract §9), without texts. */
export function agentsSchema(): JsonSchema {
  const { agent = {} } = fromZod(agentSchema, "agent");
  const { feature = {} } = fromZod(featureSchema, "feature");
  const required = (agent.required as string[]).filter((key) => key !== "id");
  return {
    definitions: {
      feature,
      agent: {
        ...amend(
          agent,
          {
            link: FULL_URL,
            features: {
              type: "object",
              properties: Object.fromEntries(FEATURES.map((name) => [name, ref("feature")])),
              additionalProperties: ref("feature"),
            },
          },
          { hasStreaming: OLD, hasFunctionCalling: OLD, hasDocuments: OLD },
        ),
        // Where an entry has none, its place is taken for one.
        required,
      },
    },
    type: ["array", "object"],
    items: ref("agent"),
    additionalProperties: ref("agent"),
  };
}
