import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { binScript, command, files, itWith, temporaryFolder, tool, until } from "./helpers.js";

const cwd = temporaryFolder();
let opened = 0;
const itTmux = itWith("tmux", spawnSync("tmux", ["-V"]).status === 0);

afterAll(() => void tmux("kill-server"));

function tmux(...args: string[]): string {
  return spawnSync("tmux", ["-L", `openbb-${process.pid}-${opened}`, ...args], { encoding: "utf8" }).stdout ?? "";
}

const screen = () => tmux("capture-pane", "-p", "-S", "-500", "-t", "t");
const key = (...keys: string[]) => void tmux("send-keys", "-t", "t", ...keys);
const shows = (text: string) => until(() => screen().includes(text), `"${text}" on the screen:\n${screen()}`);

/** Presses a key that is not the last one, and waits until it has been heard: others would go to what comes next. */
async function press(name: string): Promise<false> {
  const before = screen();
  key(name);
  await until(() => screen() !== before, `${name} to be heard:\n${before}`);
  return false;
}

/** Starts the tool in a real terminal, and waits for a text; its exit code is shown at the end. */
async function open(
  args: string,
  waitFor = "What is the backend called?",
  { env = "-u CI", size = "-x 100 -y 50" } = {},
): Promise<void> {
  tmux("kill-server");
  // A server of its own: one that is still ending would take the new session with it.
  opened++;
  const line = `cd ${cwd} && env ${env} ${process.execPath} ${binScript()} ${args}; echo "ended with $?"; sleep 60`;
  tmux(...`-f /dev/null new-session -d -s t ${size} sh -c`.split(" "), line);
  await shows(waitFor);
}

itTmux("a conversation in a real terminal gives what the same flags give", async () => {
  await open("--no-install --no-git --package-manager npm");
  key("Desk");
  await shows('try "desk"');
  key("C-u");
  key("desk", "Enter");
  await shows("Which widgets do you want?");
  key("Enter");
  for (const question of ["How many tables?", "Name of the table", "How many charts?", "Name of the chart"]) {
    await shows(question);
    key("Enter");
  }
  await until(() => {
    if (screen().includes("Create the project?")) return true;
    return press("Enter");
  }, `the last screen:\n${screen()}`);
  await shows("Create it");
  if (!screen().includes("ended with")) key("Enter");
  await shows("ended with 0");
  expect(screen()).toContain("npm run dev");
  expect(
    tool(["flags", "--name", "desk", "--yes", "--no-install", "--no-git", "--package-manager", "npm"], { cwd }).code,
  ).toBe(0);
  expect(files(join(cwd, "desk"))).toEqual(files(join(cwd, "flags")));
});

for (const cancel of ["C-c", "Escape"]) {
  itTmux(`${cancel} at a question ends with 130 and leaves nothing`, async () => {
    await open("");
    key("gone", "Enter");
    await shows("Which widgets do you want?");
    key(cancel);
    await shows("ended with 130");
    expect(existsSync(join(cwd, "gone"))).toBe(false);
    expect(readdirSync(cwd).filter((name) => name.startsWith("."))).toEqual([]);
  });
}

itTmux("CI in the environment means no questions", () => open("", "ended with 2", { env: "CI=1" }));

/** A backend with the usual six widgets, in a folder of its own. */
function backend(name: string): string {
  const { code } = tool([name, "--yes", "--no-install", "--no-git", "--package-manager", "npm"], { cwd });
  expect(code).toBe(0);
  return join(cwd, name);
}

/** Moves down a list until the cursor is at a choice, and takes it. */
async function choose(label: string): Promise<void> {
  await until(async () => {
    if (screen().includes(`● ${label}`)) return true;
    return press("Down");
  }, `the cursor at ${label}:\n${screen()}`);
  key("Enter");
}

const SMALL = { size: "-x 80 -y 24" };

itTmux(
  "add-widget in a real terminal shows what it will write, and then gives what the printed command gives",
  async () => {
    const grown = backend("grown");
    const same = join(cwd, "same");
    cpSync(grown, same, { recursive: true });
    await open("add-widget --project grown --no-install", "Which type?", SMALL);
    await choose("Note [experimental]");
    await shows("This type is experimental.");
    await shows("What is it called?");
    key("Enter");
    await shows("What does the note say at first?");
    key('Sell, not "buy"', "Enter");
    await shows("Which category?");
    key("Enter");
    await shows("Add the widget?");
    expect(screen()).toContain("New files  src/widgets/research_note.ts");
    expect(files(grown)).toEqual(files(same));
    key("Enter");
    await shows("ended with 0");

    // Joined where the terminal has wrapped it.
    const whole = tmux("capture-pane", "-p", "-J", "-S", "-500", "-t", "t");
    const printed = /^ +npx create-openbb-backend (add-widget .*)$/m.exec(whole)?.[1]?.replace("grown", "same");
    const again = command("sh", ["-c", `"${process.execPath}" "${binScript()}" ${printed} --no-install`], { cwd });
    expect(again.stderr + again.code).toBe("0");
    expect(files(grown)).toEqual(files(same));
    expect(files(grown)["widgets.json"]).toContain('"html": "Sell, not \\"buy\\""');
  },
);

for (const cancel of ["C-c", "Escape"]) {
  itTmux(`${cancel} in add-widget ends with 130 and changes nothing`, async () => {
    const folder = backend(`kept-${cancel.toLowerCase()}`);
    const before = files(folder);
    await open(`add-widget --project ${folder}`, "Which type?", SMALL);
    key("Enter");
    await shows("What is it called?");
    key(cancel);
    await shows("ended with 130");
    expect(files(folder)).toEqual(before);
  });
}

itTmux("remove-widget asks before it deletes a handler that was edited", async () => {
  const folder = backend("shrunk");
  appendFileSync(join(folder, "src/widgets/daily_note.ts"), "// Ours\n");
  const before = files(folder);
  const args = `remove-widget daily_note --project ${folder} --no-install`;
  await open(args, "Delete it all the same?", SMALL);
  expect(screen()).toContain("src/widgets/daily_note.ts");
  key("Enter");
  await shows("ended with 130");
  expect(files(folder)).toEqual(before);
  await open(args, "Delete it all the same?", SMALL);
  key("y");
  await shows("ended with 0");
  expect(files(folder)["src/widgets/daily_note.ts"]).toBeUndefined();
});
