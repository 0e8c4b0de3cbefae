import { paramShapes } from "../typegen/shape.js";
import { usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

/** "How The Economic Machine Works", by Ray Dalio: on line since 2013. */
const VIDEO = "https://www.youtube.com/watch?v=PHe0bXAIuk0";

/** What the sample can make a video of. */
const ADDRESS = /^https:\/\/(www\.youtube\.com\/watch\?v=|youtu\.be\/)[\w-]{11}$/;

export const youtube: CatalogType = {
  type: "youtube",
  label: "YouTube video",
  plural: "YouTube videos",
  summary: "a video, with a text for Workspace's AI to read",
  id: "market_video",
  name: "Market Video",
  entry: {
    description: "A video on YouTube, with what is said in it for questions about it.",
    source: ["YouTube"],
    gridData: { w: 20, h: 14 },
    staleTime: 3_600_000,
    raw: true,
    params: [
      {
        paramName: "video",
        label: "Video",
        description: "The address of a video on YouTube",
        type: "text",
        value: VIDEO,
      },
    ],
  },
  questions: [{ name: "video", message: "Which video?", path: ["params", "0", "value"], initial: VIDEO }],
  rank: 5,
  prompt: (mention) => `What are the main points of ${mention}?`,
  handler: (widget) => {
    const video = paramShapes(widget.definition).find(({ name }) => name === "video");
    const isVideo = [video?.fallback, ...(video?.choices ?? [])].every((url) => ADDRESS.test(String(url)));
    const wanted = isVideo ? { video: "string", raw: "boolean" } : { raw: "boolean" };
    const { has, args } = usableParams(widget, wanted as Parameters<typeof usableParams>[1]);
    return { has: { video: false, ...has }, args, sampleUrl: VIDEO };
  },
};
