import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { binScript, files, itWith, temporaryFolder, tool, until } from "./helpers.js";

const cwd = temporaryFolder();
const socket = `openbb-${process.pid}`;
const itTmux = itWith("tmux", spawnSync("tmux", ["-V"]).status === 0);

afterAll(() => void tmux("kill-server"));

function tmux(...args: string[]): string {
  return spawnSync("tmux", ["-L", socket, ...args], { encoding: "utf8" }).stdout ?? "";
}

const screen = () => tmux("capture-pane", "-p", "-S", "-500", "-t", "t");
const key = (...keys: string[]) => void tmux("send-keys", "-t", "t", ...keys);
const shows = (text: string) => until(() => screen().includes(text), `"${text}" on the screen:\n${screen()}`);

/** Starts the tool in a real terminal, and waits for a text; its exit code is shown at the end. */
async function open(args: string, waitFor = "What is the backend called?", env = "-u CI"): Promise<void> {
  tmux("kill-server");
  const command = `cd ${cwd} && env ${env} ${process.execPath} ${binScript()} ${args}; echo "ended with $?"; sleep 60`;
  tmux(..."-f /dev/null new-session -d -s t -x 100 -y 50 sh -c".split(" "), command);
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
    key("Enter");
    return false;
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

itTmux("CI in the environment means no questions", () => open("", "ended with 2", "CI=1"));
