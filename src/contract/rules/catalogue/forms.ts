import type { Rule } from "../rule.js";
import { params } from "./samples.js";

const about = "widgets.json";
const SUBMIT = { paramName: "submit", type: "button", value: true, label: "Send" };
const NOTE = { paramName: "note", type: "text", label: "Note" };
const FORM = { paramName: "order", type: "form", endpoint: "orders" };

/** Forms (contract 4.7). */
export const FORM_RULES: readonly Rule[] = [
  {
    code: "second-form",
    severity: "warning",
    about,
    title: "A widget has two forms.",
    why: "Only the first one is used: the other is never shown.",
    remedy: "Join the forms, or move one to another widget.",
    section: "4.3",
    bad: params(
      { ...FORM, inputParams: [NOTE, SUBMIT] },
      { ...FORM, paramName: "alert", endpoint: "alerts", inputParams: [NOTE, SUBMIT] },
    ),
    good: params({ ...FORM, inputParams: [NOTE, SUBMIT] }),
  },
  {
    code: "form-without-endpoint",
    severity: "warning",
    about,
    title: "A form has no `endpoint`.",
    why: "People can fill it in, and it is sent nowhere.",
    remedy: "Add `endpoint`, a path of your backend that takes a POST.",
    section: "4.7",
    bad: params({ paramName: "order", type: "form", inputParams: [NOTE, SUBMIT] }),
    good: params({ ...FORM, inputParams: [NOTE, SUBMIT] }),
  },
  {
    code: "form-without-button",
    severity: "warning",
    about,
    title: "A form has no button.",
    why: "A form is sent by a click on one of its buttons: without one it cannot be sent.",
    remedy: "Add a button to `inputParams`. Its value tells your backend which one was clicked.",
    section: "4.7",
    bad: params({ ...FORM, inputParams: [NOTE] }),
    good: params({ ...FORM, inputParams: [NOTE, SUBMIT] }),
  },
  {
    code: "raw-date",
    severity: "warning",
    about,
    title: "A date of a form has a default that is not worked out.",
    why: 'In forms "$currentDate-1d" is a text like any other: unless a date is picked, your backend gets it as it stands.',
    remedy: "Remove the default, or let your backend read such texts.",
    section: "4.4",
    bad: params({
      ...FORM,
      inputParams: [{ paramName: "day", type: "date", value: "$currentDate", label: "Day" }, SUBMIT],
    }),
    good: params({ ...FORM, inputParams: [{ paramName: "day", type: "date", label: "Day" }, SUBMIT] }),
  },
];
