import { isBuiltin } from "node:module";

/*
 * Rolldown plugins that make the bundle start faster. What they save was measured with Node 20: together some 6 ms of
 * the 75 that creating a project takes.
 */

/**
 * What execa could do beside running a program and collecting what it prints, 40 kB of it: nothing here asks for that.
 * By module below its `lib`, with what stands in for it.
 */
const EXECA: Record<string, string> = {
  "methods/main-sync": "export const execaCoreSync = undefined;",
  "convert/add": "export const addConvertedStreams = () => undefined;",
  "pipe/setup": "export const pipeToSubprocess = () => undefined;",
  "ipc/methods": "export const addIpcMethods = () => undefined; export const getIpcExport = () => ({});",
  "ipc/buffer-messages":
    "export const waitForIpcOutput = ({ ipcOutput }) => ipcOutput;" +
    "export const getBufferedIpcOutput = (_, ipcOutput) => ipcOutput;",
  "ipc/ipc-input":
    "export const validateIpcInputOption = () => undefined; export const sendIpcInput = () => undefined;",
  "ipc/graceful":
    "export const sendAbort = () => undefined; export const getCancelSignal = () => undefined;" +
    "export const handleAbort = () => undefined;",
  "methods/template": "export const isTemplateString = () => false; export const parseTemplates = () => undefined;",
  "verbose/start": "export const logCommand = () => undefined;",
  "verbose/complete": "export const logResult = () => undefined;",
  "verbose/output": "export const shouldLogOutput = () => false; export const logLines = () => undefined;",
  "verbose/ipc": "export const shouldLogIpc = () => false; export const logIpcOutput = () => undefined;",
};

/** Leaves the parts of execa out of the bundle that are never used. */
export function lightExecaPlugin() {
  return {
    name: "openbb-light-execa",
    load: (id: string) => EXECA[/[\\/]execa[\\/]lib[\\/](.+)\.js$/.exec(id)?.[1]?.replaceAll("\\", "/") ?? ""],
  };
}

/**
 * What our sources may take from node:util and node:crypto; another name fails the build: add it here. Node 21, and 22 before 22.3,
 * have no `getBuiltinModule`, and Node 21 in part no `hash`.
 */
const UTIL = `const { getBuiltinModule } = process;
export const { styleText } = getBuiltinModule ? getBuiltinModule("node:util") : await import("node:util");
`;
const CRYPTO = `const { getBuiltinModule } = process;
const crypto = getBuiltinModule ? getBuiltinModule("node:crypto") : await import("node:crypto");
export const { createHash, randomBytes, randomUUID } = crypto;
export const hash = crypto.hash ?? ((algorithm, data) => crypto.createHash(algorithm).update(data).digest("hex"));
`;

/**
 * Lets go of modules of Node that libraries load for what we never ask of them, and of detours to the others.
 *
 * - child_process takes 5 ms: commander has it for subcommands that are programs of their own.
 * - The module `process`, which is the global one, opens standard input.
 * - `require` in libraries would first have to be made, by the module `module`: they get what an import gives.
 * - An import of node:crypto evaluates all that it exports, Web Crypto too; one of node:util the parsers of MIME types.
 * - ws tries two packages that it does without: asking for what is no part of the bundle takes a `require` of its own.
 */
export function lightModulesPlugin() {
  return {
    name: "openbb-light-modules",
    resolveId(id: string, importer: string | undefined, { kind }: { kind?: string } = {}) {
      if (id === "node:crypto" && /[\\/]src[\\/]/.test(importer ?? "")) return "\0crypto";
      if (id === "node:util" && /[\\/]src[\\/]/.test(importer ?? "")) return "\0util";
      return kind === "require-call" && isBuiltin(id) ? `\0required:${id}` : undefined;
    },
    load(id: string) {
      if (id === "\0crypto") return CRYPTO;
      if (id === "\0util") return UTIL;
      const [, name] = /^\0required:(.+)$/.exec(id) ?? [];
      return name && `import all from ${JSON.stringify(name)};\nexport { all as "module.exports" };`;
    },
    transform(code: string, id: string) {
      if (/[\\/]commander[\\/]lib[\\/]command\.js$/.test(id)) {
        return code
          .replace("require('node:child_process')", "{ spawn: undefined }")
          .replace("require('node:fs')", "{ existsSync: undefined }")
          .replace("require('node:process')", "globalThis.process");
      }
      if (/[\\/]ws[\\/]lib[\\/]/.test(id)) {
        return code.replace(/require\('(bufferutil|utf-8-validate)'\)/, "undefined.$&");
      }
      return /[\\/]package-manager-detector[\\/]/.test(id)
        ? code.replace("import process from 'node:process';", "")
        : undefined;
    },
  };
}

interface Chunk {
  type: "chunk" | "asset";
  code?: string;
}

/** Leaves out imports of Node's modules that nothing is taken from: the bundler's own helpers keep one of `module`. */
export function usedImportsPlugin() {
  return {
    name: "openbb-used-imports",
    generateBundle(_options: unknown, bundle: Record<string, Chunk>) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.code) chunk.code = chunk.code.replace(/^import"node:[a-z/]+";/, "");
      }
    },
  };
}

/** Writes other characters than ASCII as `\u…`: a single one makes the engine hold and read its file at twice the size. */
export function asciiPlugin() {
  return {
    name: "openbb-ascii",
    generateBundle(_options: unknown, bundle: Record<string, Chunk>) {
      for (const chunk of Object.values(bundle)) if (chunk.code) chunk.code = ascii(chunk.code);
    },
  };
}

/** The same JavaScript or JSON in ASCII. In code, the others must stand in texts and patterns, not in `String.raw`. */
export function ascii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
