import { isObject } from "../../problems.js";
import type { Subject } from "./subject.js";

/** How a widget stands on a dashboard, and when it is loaded again (contract 2 and 11). */
export function placeRules({ widget, info }: Subject): void {
  const grid = isObject(widget.gridData) ? widget.gridData : {};
  if (typeof grid.h === "number" && grid.h === 1) {
    info(
      "odd-size",
      ["gridData", "h"],
      "A widget one row high is placed minimised: only its title shows.",
      "Write a height of 4 or more.",
    );
  } else if (typeof grid.h === "number" && grid.h < 4 && grid.minH === undefined) {
    info(
      "odd-size",
      ["gridData", "h"],
      `\`gridData.h\` is ${grid.h}, but Workspace makes a widget 4 rows high at least.`,
      "Write 4 or more, or give `minH` as well.",
    );
  }
  if (typeof grid.w === "number" && grid.w < 8 && grid.minW === undefined) {
    info(
      "odd-size",
      ["gridData", "w"],
      `\`gridData.w\` is ${grid.w}, but Workspace makes a widget 8 columns wide at least.`,
      "Write 8 or more, or give `minW` as well.",
    );
  }
  if (typeof grid.w === "number" && grid.w > 40) {
    info(
      "odd-size",
      ["gridData", "w"],
      `\`gridData.w\` is ${grid.w}, but a dashboard has 40 columns.`,
      "Write 40 or less.",
    );
  }
  const off = widget.refetchInterval === false || (widget.runButton === true && !widget.refetchInterval);
  // A shorter one cannot be placed.
  if (off && typeof widget.staleTime === "number" && widget.staleTime >= 1000) {
    info(
      "ignored-key",
      ["staleTime"],
      widget.refetchInterval === false
        ? "`staleTime` is ignored: with `refetchInterval` false, data never goes stale."
        : "`staleTime` is ignored: with a run button and no `refetchInterval`, data never goes stale.",
      "Remove it, or give a `refetchInterval`.",
    );
  }
}
