import type { ParamDefinition } from "../../contract/types.js";
import { optionsPath } from "../params.js";
import type { Variant } from "../types.js";

const PARAMETERS = (endpoint: string): (ParamDefinition | ParamDefinition[])[] => [
  [
    { paramName: "words", label: "Text", description: "Any text", type: "text", value: "rates" },
    {
      paramName: "size",
      label: "One of a list",
      description: "A text with choices",
      type: "text",
      value: "mid",
      options: [
        { label: "Small", value: "small" },
        { label: "Mid", value: "mid" },
        { label: "Large", value: "large" },
      ],
    },
    {
      paramName: "regions",
      label: "Several of a list",
      description: "A text with choices, of which several may be taken",
      type: "text",
      multiSelect: true,
      value: "us,eu",
      style: { popupWidth: 240 },
      options: [
        { label: "United States", value: "us" },
        { label: "Europe", value: "eu" },
        { label: "Asia", value: "asia" },
      ],
    },
    { paramName: "tags", label: "Free entries", description: "Any number of texts", type: "text", multiple: true },
  ],
  [
    { paramName: "amount", label: "Number", description: "Any number", type: "number", value: 12.5 },
    {
      paramName: "horizon",
      label: "Number of a list",
      description: "A number with choices",
      type: "number",
      value: 5,
      options: [
        { label: "One year", value: 1 },
        { label: "Five years", value: 5 },
      ],
    },
    { paramName: "adjusted", label: "Yes or no", description: "A switch", type: "boolean", value: true },
    {
      paramName: "since",
      label: "Date",
      description: "A day, at first a month ago",
      type: "date",
      value: "$currentDate-1M",
    },
    { paramName: "ticker", label: "Ticker", description: "Any symbol that OpenBB knows", type: "ticker" },
  ],
  [
    {
      paramName: "sector",
      label: "From this backend",
      description: "Choices that the backend lists",
      type: "endpoint",
      value: "Technology",
      optionsEndpoint: optionsPath(endpoint, "sectors"),
    },
    {
      paramName: "company",
      label: "Depends on the one before",
      description: "The companies of the sector",
      type: "endpoint",
      optionsEndpoint: optionsPath(endpoint, "companies"),
      optionsParams: { sector: "$sector", order: "name" },
    },
    {
      paramName: "formula",
      label: "Code",
      description: "A text with an editor",
      type: "text",
      language: "sql",
      value: "select 1",
    },
    {
      paramName: "version",
      label: "Hidden",
      description: "Sent, but not shown",
      type: "text",
      value: "v1",
      show: false,
    },
  ],
  {
    paramName: "view",
    label: "View",
    description: "Tabs under the title",
    type: "tabs",
    value: "all",
    options: [
      { label: "All", value: "all" },
      { label: "Given", value: "given" },
    ],
  },
];

export const parameters: Variant = {
  summary: "every kind of parameter, and what arrives of each",
  id: "parameter_lab",
  name: "Parameter Lab",
  entry: (endpoint) => ({
    description: "Every kind of parameter that Workspace knows, with the value that the handler receives for each.",
    source: ["Sample data"],
    gridData: { w: 40, h: 14 },
    params: PARAMETERS(endpoint),
    data: {
      table: {
        showAll: false,
        columnsDefs: [
          { field: "parameter", headerName: "Parameter", cellDataType: "text", pinned: "left" },
          { field: "kind", headerName: "Arrives as", cellDataType: "text" },
          { field: "value", headerName: "Value", cellDataType: "text", minWidth: 200 },
        ],
      },
    },
  }),
  prompt: (mention) => `What has been chosen in ${mention}?`,
};
