import * as z from "zod";
import { definer, jsonText } from "./widget.js";

/** A text: the handler answers with Markdown. Lines that start with four spaces become code blocks. */
export const markdown = definer<"markdown", string>({ type: "markdown", answer: z.string(), encode: jsonText });
