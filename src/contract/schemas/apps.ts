import { appSchema } from "../apps.js";
import { GROUP_TYPES } from "../constants.js";
import { chartDefinitions } from "./columns.js";
import { amend, FULL_URL, fromZod, having, type JsonSchema, offer, ref, when } from "./json-schema.js";

const FLAG = offer(true, false);

/** The schema of apps.json (contract §6 and §7), without texts. */
export function appsSchema(): JsonSchema {
  const { app = {}, ...definitions } = fromZod(appSchema, "app");
  const { id, tabs = {}, groups, mcpServers } = app.properties ?? {};
  return {
    definitions: {
      ...definitions,
      ...chartDefinitions(definitions),
      newApp: {},
      layoutItem: amend(definitions.layoutItem, {}, { minimized: FLAG }),
      app: {
        ...amend(
          app,
          {
            id: { ...id, patternErrorMessage: 'An id starts with "custom-", or is left out.' },
            tabs: { ...tabs, patternProperties: { "^__proto__$": {} } },
            groups: { ...groups, items: amend(groups?.items, { type: { type: "string", ...offer(...GROUP_TYPES) } }) },
            mcpServers: servers(mcpServers),
          },
          { mcp_servers: {} },
        ),
        allOf: [
          // Only where there is no `mcpServers` does the client look at this one.
          when(having("mcpServers"), {}, { properties: { mcp_servers: servers(mcpServers) } }),
          when(MIXED_GROUPS, { properties: { tabs: { additionalProperties: EVERY_ITEM_HAS_GROUPS } } }),
        ],
      },
    },
    // An app by itself counts as a list of one. Other things that are no apps are skipped.
    items: { allOf: [ref("newApp"), when({ type: ["object", "array"] }, ref("app"))] },
    ...when({ type: "object", minProperties: 1 }, ref("app")),
  };
}

function servers(schema: JsonSchema | undefined): JsonSchema {
  return { ...schema, items: amend(schema?.items, { url: FULL_URL }) };
}

/** Contract §7, "Crash": some groups name their members and others do not, and an item does not name its groups. */
const MIXED_GROUPS = {
  allOf: [
    having("groups", { type: "array", contains: having("widgetIds") }),
    having("groups", { contains: { not: having("widgetIds") } }),
  ],
};
const EVERY_ITEM_HAS_GROUPS = {
  properties: { layout: { items: { required: ["groups"] } } },
};
