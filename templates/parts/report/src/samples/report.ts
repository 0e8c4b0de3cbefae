import { change, companies, dailyBars } from "./market.js";

/**
 * Sample data: a factsheet of a company, one page of PDF, with the made-up figures of market.ts.
 * Delete this file once every handler has documents of its own.
 */
export function factsheet(symbol: string): Uint8Array {
  const company = companies.find((candidate) => candidate.symbol === symbol);
  const bars = dailyBars(symbol).slice(-261);
  const closes = bars.map((bar) => bar.close);
  const [last = 0, first = 0] = [closes.at(-1), closes[0]];
  const title = `${company?.name ?? symbol} (${symbol})`;
  const volume = bars.reduce((sum, bar) => sum + bar.volume, 0) / bars.length;
  const figures = [
    ["Last price", dollars(last)],
    ["Change over a month", percent(change(closes.at(-22), last))],
    ["Change over a year", percent(change(first, last))],
    ["Highest close of the year", dollars(Math.max(...closes))],
    ["Lowest close of the year", dollars(Math.min(...closes))],
    ["Average volume", `${(volume / 1e6).toFixed(1)} M shares a day`],
  ];
  const monthEnds = bars.filter((bar, index) => bars[index + 1]?.date.slice(0, 7) !== bar.date.slice(0, 7)).slice(-12);
  const months = monthEnds.map(({ date, close }) => `${date}${dollars(close).padStart(14)}`);
  return pdf(title, [
    text("bold", 22, 48, 776, title),
    text("plain", 11, 48, 756, `${company?.sector ?? "Other"}  |  Factsheet of ${bars.at(-1)?.date}`),
    ...figures.flatMap(([label = "", value = ""], index) => [
      text("plain", 11, 48, 716 - 18 * index, label),
      text("bold", 11, 230, 716 - 18 * index, value),
    ]),
    text("bold", 13, 48, 584, `Closing prices since ${bars[0]?.date}`),
    line(closes, { x: 48, y: 404, width: 499, height: 164 }),
    text("bold", 13, 48, 366, "At the end of each month"),
    ...months.map((row, index) => text("fixed", 10, 48, 346 - 15 * index, row)),
    text("plain", 9, 48, 60, "Sample data, made up by this backend. Not investment advice."),
  ]);
}

function dollars(price: number): string {
  return `$${price.toFixed(2)}`;
}

function percent(fraction: number): string {
  return `${fraction < 0 ? "" : "+"}${(fraction * 100).toFixed(1)} %`;
}

/** A line through values, with a thin frame; positions in points, from the lower left corner of the page. */
function line(values: number[], at: { x: number; y: number; width: number; height: number }): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, index) => {
    const x = at.x + (index / Math.max(1, values.length - 1)) * at.width;
    const y = at.y + 10 + ((value - low) / (high - low || 1)) * (at.height - 20);
    return `${x.toFixed(1)} ${y.toFixed(1)} ${index === 0 ? "m" : "l"}`;
  });
  const frame = `0.5 w 0.8 G ${at.x} ${at.y} ${at.width} ${at.height} re S`;
  return `q ${frame} 1.5 w 0.04 0.42 0.79 RG\n${points.join("\n")}\nS Q`;
}

/** The fonts that every PDF viewer has. */
const FONTS = { plain: "Helvetica", bold: "Helvetica-Bold", fixed: "Courier" };

function text(font: keyof typeof FONTS, size: number, x: number, y: number, words: string): string {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${quote(words)}) Tj ET`;
}

/** A PDF string in ASCII: Latin letters with accents as octal numbers, what these fonts lack as a question mark. */
function quote(words: string): string {
  return words
    .replace(/[\\()]/g, "\\$&")
    .replace(/[^ -~]/gu, (char) => (/[\u00a0-\u00ff]/.test(char) ? `\\${char.charCodeAt(0).toString(8)}` : "?"));
}

/** One page of A4 as a PDF file: its objects, then a table of where each begins. All ASCII, so characters are bytes. */
function pdf(title: string, drawing: string[]): Uint8Array {
  const content = drawing.join("\n");
  const fonts = Object.entries(FONTS).map(
    ([name, font]) => `/${name} << /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`,
  );
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << ${fonts.join(" ")} >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title (${quote(title)}) >>`,
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${places.join("")}`;
  const end = `trailer\n<< /Size ${count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + end, "ascii");
}
