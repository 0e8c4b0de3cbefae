import { expect } from "vitest";

const STEPS = [
  "../",
  "..\\",
  "%2e%2e/",
  "%2e%2e%2f",
  "..%2f",
  "..%5c",
  "%252e%252e%252f",
  "..%c0%af",
  "..%00/",
  "....//",
  ".../",
];

/** Ways to spell a file outside of the folder of documents. None of them may be answered with what is there. */
export const OUTSIDE = [
  ...STEPS.flatMap((step) => [`${step}package.json`, `${step.repeat(4)}etc/passwd`]),
  "/etc/passwd",
  "//etc/passwd",
  "\\\\localhost\\c$\\boot.ini",
  "C:\\Windows\\win.ini",
  "c:/windows/win.ini",
  "file:///etc/passwd",
  ".",
  "..",
  "./../package.json",
  "sub/../../package.json",
  "investment-policy.pdf/../../package.json",
  "../documents/investment-policy.pdf",
  "investment-policy.pdf\0",
  "investment-policy.pdf.",
  "investment-policy.pdf ",
  "investment-policy.pdf::$DATA",
  "INVESTMENT-POLICY.PDF",
  "\uff0e\uff0e\uff0fpackage.json",
  "\u2025/package.json",
  "..\u2215package.json",
  "%ed%a0%80",
  ".gitkeep",
  "CON",
  "__proto__",
  "x".repeat(5000),
];

/** The same as queries: typed into a URL as they are, so that what is encoded is decoded, and encoded once more. */
export function outsideQueries(name: string): string[] {
  return OUTSIDE.flatMap((spelling) => [
    `${name}=${encodeURI(spelling).replaceAll("%25", "%")}`,
    new URLSearchParams({ [name]: spelling }).toString(),
  ]);
}

/** Expects a refusal, or a PDF after all: a handler may make one for whatever it is asked. */
export function expectRefused(status: number, bytes: Buffer, question: string): void {
  if (status === 200) expect(bytes.subarray(0, 5).toString(), question).toBe("%PDF-");
  else expect([400, 404], `${question}: ${status}`).toContain(status);
}
