import type { ProjectState } from "../../src/plan/state.js";

/** A widgets.json as somebody else wrote it: four spaces, a key of their own, no newline at the end. */
export const WIDGETS = `{
    "bond_yields": {
        "name": "Bond Yields",
        "description": "Yields by maturity",
        "endpoint": "yields",
        "type": "table",
        "params": [{"paramName": "country", "type": "endpoint", "optionsEndpoint": "/lists/countries"}]
    }
}`;

const SERVE = `
app.get("/widgets.json", (req, res) => res.sendFile("widgets.json", { root: process.cwd() }));
app.get("/yields", (req, res) => res.json([{ maturity: "10Y", yield: 4.1 }]));
// MOUNT
app.listen(Number(process.env.PORT), "127.0.0.1");
`;

/** Projects by name: what stands in them, as text by path. Each listens on PORT. */
export const PROJECTS = {
  "only a widgets.json": { "widgets.json": WIDGETS },
  "Express 4, CommonJS": {
    "widgets.json": WIDGETS,
    "package.json": json({
      name: "four",
      main: "server.js",
      scripts: { start: "node server.js" },
      dependencies: { express: "^4.21.0", cors: "^2.8.5" },
    }),
    "server.js": `"use strict";\nconst express = require("express");\n\nconst app = express();\napp.use(express.json());${SERVE}`,
  },
  "Express 5, ESM, TypeScript": {
    "widgets.json": WIDGETS,
    "package.json": json({
      name: "five-ts",
      type: "module",
      scripts: { dev: "tsx watch src/index.ts", build: "tsc" },
      dependencies: { express: "^5.1.0" },
      devDependencies: { typescript: "^5.9.0", "@types/express": "^5.0.0", tsx: "^4.0.0" },
    }),
    "tsconfig.json": `{
  // strict, as a careful author has it
  "compilerOptions": {
    "module": "NodeNext", "target": "ES2022", "strict": true, "noUncheckedIndexedAccess": true,
    "exactOptionalPropertyTypes": true, "noUnusedLocals": true, "noUnusedParameters": true, "noImplicitReturns": true,
    "noPropertyAccessFromIndexSignature": true, "verbatimModuleSyntax": true, "declaration": true, "outDir": "dist",
    "skipLibCheck": true, "types": ["node"],
  },
  "include": ["src"],
}`,
    "src/index.ts": `import express, { type Express } from "express";\n\nexport const server: Express = express();${SERVE.replaceAll("app.", "server.").replaceAll("(req,", "(_req,").replace("env.PORT", 'env["PORT"]')}`,
  },
  "Express 5, ESM, JavaScript": {
    "widgets.json": WIDGETS.replaceAll("\n", "\r\n"),
    "apps.json": "[]",
    "package.json": json({ name: "five", type: "module", dependencies: { express: "^5.1.0" } }),
    "app.js": `import express from "express";\n\nconst app = express();${SERVE}`.replaceAll("\n", "\r\n"),
  },
  Python: {
    "widgets.json": WIDGETS,
    "requirements.txt": "fastapi\n",
    "main.py": '@app.get("/yields")\ndef yields():\n    return []\n',
  },
} satisfies Record<string, Record<string, string>>;

export type ProjectName = keyof typeof PROJECTS;

export function stateOf(files: Record<string, string>): ProjectState {
  return { files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, { text }])) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
