import { jsonSchemas, schemaText } from "../src/contract/schemas/index.ts";
import { besideCode } from "./modules.ts";

const ID = "virtual:schemas";

/**
 * A Vite and Rolldown plugin: `virtual:schemas` exports `names`, and `textOf`, which gives the text of a JSON Schema.
 *
 * @param files whether the bundle gets each as a file of its own, `schemas/<name>`: that file is published, and copied
 * into projects. Else the texts stand in the module
 */
export function schemasPlugin({ files = false } = {}) {
  return {
    name: "openbb-schemas",
    resolveId: (id: string) => (id === ID ? `\0${ID}` : undefined),
    load(this: PluginContext, id: string) {
      if (id !== `\0${ID}`) return undefined;
      const texts = Object.entries(jsonSchemas()).map(([name, schema]) => {
        const source = schemaText(schema);
        const fileName = `schemas/${name}`;
        if (files) this.emitFile({ type: "asset", fileName, source });
        const text = files ? `${besideCode(fileName)}.toString()` : JSON.stringify(source);
        return `${JSON.stringify(name)}: () => ${text}`;
      });
      return `import { readFileSync } from "node:fs";
const texts = {${texts.join(",\n")}};
export const names = Object.keys(texts);
export const textOf = (name) => texts[name]();
`;
    },
  };
}

interface PluginContext {
  emitFile: (file: { type: "asset"; fileName: string; source: string }) => string;
}
