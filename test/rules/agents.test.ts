import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateAgents, validateBackend } from "../../src/contract.js";
import { hostileJson } from "./hostile.js";

const agent = { id: "desk", name: "Desk", description: "Answers", endpoints: { query: "/query" } };
const found = (json: unknown) => validateAgents(json).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
const one = (more: object) => found([{ ...agent, ...more }]);

describe("a valid file", () => {
  it("has no findings", () => {
    const full = {
      ...agent,
      endpoints: { query: "https://agents.example/query", feedback: "/feedback", upload_docs: "/docs" },
      image: "/logo.png",
      link: "https://example.com",
      features: {
        "widget-dashboard-select": true,
        "mcp-tools": false,
        deep: { label: "Deep", type: "toggle", default: false, description: "More" },
        tone: { label: "Tone", type: "select", default: "short", options: [{ label: "Short", value: "short" }] },
        note: { label: "Note", type: "text", placeholder: "…" },
      },
      models: [{ id: "m", name: "M" }],
      anything: 5,
    };
    for (const file of [[], {}, [agent], [full]]) expect(found(file)).toEqual([]);
    expect(validateBackend({ agents: [full] })).toEqual([]);
  });
});

describe('what "Add agent" rejects', () => {
  it.each([
    [{ name: undefined }, "missing-field /0/name"],
    [{ description: 5 }, "bad-value /0/description"],
    [{ id: 5 }, "bad-value /0/id"],
    [{ endpoints: undefined }, "missing-field /0/endpoints"],
    [{ endpoints: "https://x.example" }, "bad-value /0/endpoints"],
    [{ endpoints: { query: 5 } }, "bad-value /0/endpoints/query"],
    [{ link: "example.com" }, "bad-value /0/link"],
    [{ image: null }, "bad-value /0/image"],
    [{ features: ["streaming"] }, "bad-value /0/features"],
    [{ features: { streaming: "yes" } }, "bad-value /0/features/streaming"],
    [{ features: { tone: { type: "text" } } }, "missing-field /0/features/tone/label"],
    [{ features: { tone: { label: "T", type: "slider" } } }, "unknown-value /0/features/tone/type"],
    [{ models: [{ id: "m" }] }, "missing-field /0/models/0/name"],
  ])("%j", (more, expected) => {
    expect(found(JSON.parse(JSON.stringify([{ ...agent, ...more }])))).toEqual([`error ${expected}`]);
  });

  it("whole files and entries of the wrong kind", () => {
    for (const root of [null, "x", 5, true]) expect(found(root)).toEqual(["error wrong-agents-root "]);
    expect(found(agent)).toEqual(["error single-agent "]);
    expect(found([agent, [], null])).toEqual(["error not-an-agent /1", "error not-an-agent /2"]);
  });

  it("ids and names that exist already, names in whatever letter case", () => {
    expect(found([agent, { ...agent, name: "Other" }])).toEqual(["error duplicate-agent /1/id"]);
    expect(found([agent, { ...agent, id: "other", name: "DESK" }])).toEqual(["error duplicate-agent /1/name"]);
    expect(found([agent, { ...agent, id: "DESK", name: "Other" }])).toEqual([]);
  });

  it("is said with a remedy for agents", () => {
    const [description] = validateAgents([{ ...agent, description: undefined }]);
    expect(description?.hint).toBe('Add `"description": "…"`: what the agent is good for.');
    const [label] = validateAgents([{ ...agent, features: { a: {} } }]);
    expect(label?.hint).toBe('Add `"label": "…"`, what people read beside the setting.');
  });
});

describe("what connecting ignores, or what does not work", () => {
  it("the form keyed by id, whose keys stand for ids", () => {
    const { id, ...rest } = agent;
    expect(found({ [id]: rest })).toEqual(["warning agents-not-a-list "]);
    expect(found({ a: { ...rest, name: "A" }, b: { ...agent, id: "a" } })).toEqual([
      "warning agents-not-a-list ",
      "error duplicate-agent /b/id",
    ]);
    // An agent may be called "endpoints".
    expect(found({ endpoints: rest })).toEqual(["warning agents-not-a-list "]);
  });

  it("entries of a list without id or name", () => {
    const { id: _, ...rest } = agent;
    expect(found([rest])).toEqual(["warning agent-ignored /0"]);
    expect(one({ id: "" })).toEqual(["warning agent-ignored /0/id"]);
    expect(one({ name: "" })).toEqual(["warning agent-ignored /0/name"]);
  });

  it("endpoints that cannot be called", () => {
    expect(one({ endpoints: {} })).toEqual(["warning agent-without-query /0/endpoints"]);
    expect(one({ endpoints: { query: "http://agents.example/query" } })).toEqual([
      "warning insecure-url /0/endpoints/query",
    ]);
    for (const query of ["http://localhost:7777/query", "http://[::1]/query", "query"]) {
      expect(one({ endpoints: { query } })).toEqual([]);
    }
  });

  it("old keys, and features that are not what they seem", () => {
    expect(one({ hasStreaming: true })).toEqual(["warning deprecated-agent-key /0/hasStreaming"]);
    expect(one({ features: { "Widget_Dashboard-Select": true } })).toEqual([
      "warning misspelt-feature /0/features/Widget_Dashboard-Select",
    ]);
    expect(one({ features: { "mcp-tools": { label: "Tools" } } })).toEqual([
      "warning feature-needs-true /0/features/mcp-tools",
    ]);
    expect(one({ features: { tone: { label: "Tone", type: "select", options: 5 } } })).toHaveLength(1);
    expect(one({ features: { tone: { label: "Tone", type: "select", options: [] } } })).toEqual([
      "warning select-without-options /0/features/tone",
    ]);
  });
});

describe("whatever the file holds", () => {
  it("nothing throws, and nothing is changed", () => {
    const nearly = hostileJson.map((value) => [{ ...agent, features: value }, { ...agent, endpoints: value }, value]);
    fc.assert(
      fc.property(fc.oneof(hostileJson, nearly), (json) => {
        const before = JSON.stringify(json);
        for (const { code, message, path } of validateAgents(json)) {
          expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
          expect(message).toMatch(/\.$/);
          expect(message).not.toContain("Invalid");
          expect(path).toMatch(/^(\/([^~/]|~[01])*)*$/su);
        }
        expect(JSON.stringify(json)).toBe(before);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => void validateAgents(value)));
  });

  it("deep nesting and huge lists do not throw", () => {
    let deep: unknown = [];
    for (let i = 0; i < 20_000; i++) deep = [deep];
    for (const value of [deep, [deep], [{ ...agent, features: deep, models: deep }], new Array(100_000).fill(5)]) {
      expect(() => validateAgents(value)).not.toThrow();
    }
  });
});
