import * as z from "zod";
import { HttpError } from "./errors.js";
import type { Body } from "./send.js";
import { definer } from "./widget.js";

/** The forms of a video's address that people copy. The id has eleven characters. */
const VIDEO =
  /^(?:https?:\/\/)?(?:youtu\.be\/|(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:[^#\s]*&)?v=|(?:embed|shorts|live|v)\/))([\w-]{11})(?![\w-])/;

/**
 * A YouTube video: the handler answers with its address, and with its transcript when the parameter `raw` is true.
 * Workspace never hears the video: the transcript is what its AI reads.
 */
export const youtube = definer<"youtube", string>({
  type: "youtube",
  answer: z.string().regex(/^https:\/\/www\.youtube\.com\/watch\?v=[\w-]{11}$/),
  rawAnswer: z.string().min(1),
  encode: plainText,
});

/**
 * The address of a video in the one form that Workspace is sure to play.
 *
 * @param address any address of the video: of its page, of its short link, of its player
 * @throws HttpError 400 when it is not the address of a video on YouTube
 */
export function videoUrl(address: string): string {
  const id = VIDEO.exec(address.trim())?.[1];
  if (id === undefined) throw new HttpError(400, `"${address.slice(0, 100)}" is not the address of a YouTube video.`);
  return `https://www.youtube.com/watch?v=${id}`;
}

/** Workspace takes the body as it is: JSON would put quotes around the address. */
function plainText(answer: unknown): Body {
  if (typeof answer !== "string") throw new TypeError(`The handler must return a text, not ${typeof answer}.`);
  return { contentType: "text/plain; charset=utf-8", text: answer };
}
