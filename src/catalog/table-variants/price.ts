/** How a price is shown. */
export const PRICE = { cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" } as const;
