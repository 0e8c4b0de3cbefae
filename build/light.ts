/*
 * Rolldown plugins that make the bundle smaller, and start faster.
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
 * Lets go of modules that libraries load for what we never ask of them.
 *
 * - child_process takes 5 ms: commander has it for subcommands that are programs of their own.
 * - fs/promises takes 1 ms: package-manager-detector has it for looking into folders.
 * - ws tries two packages that it does without.
 */
export function lightModulesPlugin() {
  return {
    name: "openbb-light-modules",
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
        ? code.replace("fs from 'node:fs/promises'", "{ promises as fs } from 'node:fs'")
        : undefined;
    },
  };
}

interface Chunk {
  type: "chunk" | "asset";
  code?: string;
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

/**
 * Takes modules of Node as they are. For `import fs from "node:fs"` the bundler makes an object with a getter for each
 * name the module has, which took 2 ms.
 */
export function builtinsPlugin() {
  return {
    name: "openbb-builtins",
    generateBundle(_options: unknown, bundle: Record<string, Chunk>) {
      for (const chunk of Object.values(bundle)) {
        chunk.code = chunk.code?.replace(
          /([\w$]+)=require\(`(node:[\w/]+)`\);\1=[\w$]+\.[\w$]+\(\1,1\)/g,
          (_, name, module) => `${name}=require(\`${module}\`);${name}={__proto__:${name},default:${name}}`,
        );
      }
    },
  };
}

/** The same JavaScript or JSON in ASCII. In code, the others must stand in texts and patterns, not in `String.raw`. */
export function ascii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
