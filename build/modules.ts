/*
 * The bundle is CommonJS, which Node starts 5 ms sooner than modules; who imports it as a library gets a module all the
 * same, with nothing in it but names.
 */

/** Code for reading a file that was put beside the bundle: its chunks stand one folder below. */
export function besideCode(fileName: string): string {
  return `readFileSync(__dirname + ${JSON.stringify(`/../${fileName}`)})`;
}

interface Chunk {
  type: "chunk" | "asset";
  isEntry?: boolean;
  name?: string;
  fileName: string;
  exports?: string[];
}

/** A Rolldown plugin: writes a module `<name>.js` beside the CommonJS of each entry, which exports the same. */
export function modulesPlugin(names: string[]) {
  return {
    name: "openbb-modules",
    generateBundle(
      this: { emitFile(file: { type: "asset"; fileName: string; source: string }): unknown },
      _options: unknown,
      bundle: Record<string, Chunk>,
    ) {
      for (const { isEntry, name, fileName, exports } of Object.values(bundle)) {
        if (!isEntry || !names.includes(name ?? "")) continue;
        const source = `export { ${exports!.join(", ")} } from "./${fileName}";\n`;
        this.emitFile({ type: "asset", fileName: `${name}.js`, source });
      }
    },
  };
}
