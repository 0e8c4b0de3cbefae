import type { FormInputDefinition } from "../../contract/types.js";
import { optionsPath } from "../params.js";
import type { Variant } from "../types.js";

const FORM_INPUTS = (endpoint: string): FormInputDefinition[] => [
  {
    paramName: "symbol",
    label: "Symbol",
    description: "What to trade",
    type: "endpoint",
    optionsEndpoint: optionsPath(endpoint, "symbols"),
  },
  {
    paramName: "side",
    label: "Side",
    description: "Buy or sell",
    type: "text",
    value: "buy",
    options: [
      { label: "Buy", value: "buy" },
      { label: "Sell", value: "sell" },
    ],
  },
  { paramName: "quantity", label: "Quantity", description: "How many shares", type: "number", value: 100 },
  { paramName: "day", label: "Good until", description: "The last day of the order", type: "date" },
  { paramName: "note", label: "Note", description: "For the desk", type: "text" },
  { paramName: "urgent", label: "Urgent", description: "Whether it goes first", type: "boolean", value: false },
  { paramName: "send", label: "Send", description: "Sends the order", type: "button", value: "send" },
];

export const orders: Variant = {
  summary: "a list with a form that adds to it",
  id: "order_entry",
  name: "Order Entry",
  entry: (endpoint) => ({
    description: "The orders of the day, newest first, with a form to add one.",
    source: ["Sample data"],
    gridData: { w: 20, h: 14 },
    // What was just sent must be there at once.
    refetchInterval: false,
    params: [
      {
        paramName: "order",
        label: "New order",
        description: "Sends an order",
        type: "form",
        endpoint: `${endpoint}/submit`,
        method: "POST",
        inputParams: FORM_INPUTS(endpoint),
      },
    ],
    data: {
      table: {
        showAll: false,
        columnsDefs: [
          { field: "number", headerName: "No.", cellDataType: "number", formatterFn: "none", width: 80 },
          { field: "symbol", headerName: "Symbol", cellDataType: "text", width: 100 },
          {
            field: "side",
            headerName: "Side",
            cellDataType: "text",
            renderFn: ["titleCase", "columnColor"],
            renderFnParams: {
              colorRules: [
                { condition: "eq", value: "buy", color: "green" },
                { condition: "eq", value: "sell", color: "red" },
              ],
            },
          },
          { field: "quantity", headerName: "Quantity", cellDataType: "number", formatterFn: "int" },
          { field: "day", headerName: "Good until", cellDataType: "dateString" },
          { field: "urgent", headerName: "Urgent", cellDataType: "boolean" },
          { field: "note", headerName: "Note", cellDataType: "text" },
        ],
      },
    },
  }),
  prompt: (mention) => `Sum up the orders in ${mention} by symbol.`,
};
