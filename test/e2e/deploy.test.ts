import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { get as httpsGet } from "node:https";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, inject } from "vitest";
import {
  atEnd,
  CHROMIUM,
  command,
  freePort,
  has,
  itWith,
  linkModules,
  script,
  start,
  temporaryFolder,
  tool,
  until,
  userEnv,
} from "./helpers.js";

const folder = temporaryFolder();
const project = join(folder, "deployed");
const KEY = "a-key-that-is-only-for-tests";

beforeAll(() => {
  const args = [
    "--widget",
    "table:prices",
    "--widget",
    "metric:figures",
    "--no-install",
    "--no-git",
    "--package-manager",
    "npm",
  ];
  expect(tool(["deployed", ...args], { cwd: folder }).code).toBe(0);
  linkModules(project);
  script(project, "build");
});

describe("https", () => {
  const itOpenssl = itWith("openssl", has("openssl") || command("openssl", ["version"], { cwd: folder }).code === 0);

  itOpenssl("npm run cert makes a certificate for this machine, its key private and out of git and Docker", () => {
    expect(script(project, "cert")).toContain("is made");
    const key = join(project, "certs", "localhost-key.pem");
    if (process.platform !== "win32") expect(statSync(key).mode & 0o777).toBe(0o600);
    for (const file of [".gitignore", ".dockerignore"])
      expect(readFileSync(join(project, file), "utf8")).toMatch(/^certs\/?$/m);
    const text = command("openssl", ["x509", "-in", "certs/localhost.pem", "-noout", "-ext", "subjectAltName"], {
      cwd: project,
    });
    expect(text.stdout).toContain("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
    // A second time changes nothing.
    const made = readFileSync(key, "utf8");
    expect(script(project, "cert")).toContain("is there already");
    expect(readFileSync(key, "utf8")).toBe(made);
  });

  itOpenssl("without mkcert and openssl it says what to install", () => {
    mkdirSync(join(folder, "empty"));
    const cli = join(project, "node_modules", "tsx", "dist", "cli.mjs");
    const result = command(process.execPath, [cli, join(project, "scripts", "cert.ts")], {
      cwd: join(folder, "empty"),
      env: { PATH: "/nowhere" },
    });
    expect(result).toMatchObject({ code: 1 });
    expect(result.stderr).toContain("Install mkcert");
  });

  itOpenssl("the server serves https with it, which callers that trust it verify", async () => {
    const { url, ended, log } = await startTls();
    const ca = readFileSync(join(project, "certs", "localhost.pem"));
    for (const host of ["localhost", "127.0.0.1"]) {
      const status = await new Promise((resolve, reject) => {
        httpsGet(`https://${host}:${new URL(url).port}/health`, { ca }, (response) => resolve(response.statusCode)).on(
          "error",
          reject,
        );
      });
      expect(status).toBe(200);
    }
    expect(log()).toContain("Give Workspace https://localhost");
    void ended;
  });

  itWith("Chromium", CHROMIUM !== undefined)(
    "a browser that accepts it shows the page, and the widgets answer",
    async () => {
      const { url } = await startTls();
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
      });
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      await page.goto(url);
      await page.getByText("Served over https").waitFor();
      await page.locator(".good").nth(1).waitFor();
      await browser.close();
    },
  );

  itOpenssl("a certificate that cannot be used stops the start with one message", () => {
    const env = { TLS_CERT: "none.pem", TLS_KEY: "none.pem", PORT: "0" };
    const missing = command(process.execPath, ["dist/server.js"], { cwd: project, env });
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.stderr).toContain("TLS_CERT and TLS_KEY cannot be used");
    const half = command(process.execPath, ["dist/server.js"], {
      cwd: project,
      env: { TLS_CERT: "certs/localhost.pem" },
    });
    expect(half.stderr).toContain("set both or none");
  });

  /** Starts with the certificate, and waits for the line that says it listens: plain fetch does not trust it. */
  async function startTls() {
    const port = await freePort();
    const env = userEnv({ PORT: String(port), TLS_CERT: "certs/localhost.pem", TLS_KEY: "certs/localhost-key.pem" });
    const child = spawn(process.execPath, ["dist/server.js"], {
      cwd: project,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    atEnd(() => child.kill("SIGKILL"));
    let log = "";
    child.stdout.on("data", (chunk) => {
      log += chunk;
    });
    await until(() => log.includes("is ready"), "the server");
    return { url: `https://localhost:${port}`, log: () => log, ended: child.exitCode };
  }
});

describe("behind nginx", () => {
  itWith("nginx", command("nginx", ["-v"], { cwd: folder }).code === 0)(
    "two processes share nothing, and links are the proxy's",
    async () => {
      const port = await freePort();
      const base = `http://desk.localhost:${port}`;
      const env = { API_KEY: KEY, PUBLIC_URL: base, TRUST_PROXY: "1" };
      const servers = [await start(project, env), await start(project, env)];
      const upstreams = servers.map(({ url }) => `server ${new URL(url).host};`).join(" ");
      const config = join(folder, "nginx.conf");
      // The server block of DEPLOY.md, on loopback and without TLS.
      const block = /```nginx\n([\s\S]*?)```/.exec(readFileSync(join(project, "DEPLOY.md"), "utf8"))?.[1] as string;
      const http = block
        .replace(/server 127\.0\.0\.1:\d+;\s*server 127\.0\.0\.1:\d+;/, upstreams)
        .replace(/listen 443 ssl;/, `listen 127.0.0.1:${port};`)
        .replace(/server_name .*;/, "server_name desk.localhost;")
        .replace(/ssl_certificate.*;\n/g, "\n");
      expect(http).toContain(upstreams);
      writeFileSync(
        config,
        `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}\nhttp { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;\n${http}\n}\n`,
      );
      const nginx = spawn("nginx", ["-c", config, "-p", folder], { stdio: "inherit" });
      atEnd(() => nginx.kill("SIGTERM"));
      const at = `http://127.0.0.1:${port}`;
      const call = (path: string, headers: Record<string, string> = {}) =>
        new Promise<{ status: number; text: string }>((resolve, reject) => {
          import("node:http").then(({ get }) =>
            get(at + path, { headers: { Host: `desk.localhost:${port}`, ...headers } }, (response) => {
              let text = "";
              response.on("data", (chunk) => {
                text += chunk;
              });
              response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
            }).on("error", reject),
          );
        });
      await until(
        () =>
          call("/health").then(
            ({ status }) => status === 200,
            () => false,
          ),
        "nginx",
      );
      for (let count = 0; count < 10; count++) expect((await call("/prices", { "X-API-KEY": KEY })).status).toBe(200);
      const page = JSON.parse((await call("/", { Accept: "application/json", "X-API-KEY": KEY })).text);
      expect(page.url).toBe(base);
      // The proxy's own origin may call; another may not.
      expect((await call("/prices", { "X-API-KEY": KEY, Origin: base })).status).toBe(200);
      expect((await call("/prices", { "X-API-KEY": KEY, Origin: "https://evil.example" })).status).toBe(403);
      // Both have answered: each counts for itself.
      const misses = await Promise.all(
        servers.map(
          async ({ url }) =>
            ((await (await fetch(`${url}/health`)).json()) as { cache: { misses: number } }).cache.misses,
        ),
      );
      expect(misses).toEqual([1, 1]);
    },
  );
});

describe("metrics", () => {
  itWith("node", true)("are off unless asked for; then they tell requests, cache and event loop", async () => {
    const off = await start(project);
    expect((await fetch(`${off.url}/metrics`)).status).toBe(404);
    const { url } = await start(project, { METRICS: "true" });
    await fetch(`${url}/prices`);
    await fetch(`${url}/prices`);
    await fetch(`${url}/prices?start_date=x`);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('widget_request_duration_seconds_count{widget="prices",status="200"} 2');
    expect(text).toContain('widget_request_duration_seconds_count{widget="prices",status="400"} 1');
    expect(text).toContain("widget_cache_hits 1");
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });
});

describe("what there is no platform for here", () => {
  itWith("node", true)(
    "the steps of the Dockerfile, taken by hand: the image has all that the server needs",
    async () => {
      const [build, image] = [join(folder, "build"), join(folder, "image")];
      cpSync(inject("six"), build, { recursive: true, verbatimSymlinks: true });
      mkdirSync(image);
      script(build, "build");
      // The Dockerfile makes the folder that only some types have.
      mkdirSync(join(build, "documents"));
      const pruned = command("npm", ["prune", "--omit=dev", "--no-audit", "--offline"], { cwd: build });
      expect(pruned.code, pruned.stderr).toBe(0);
      const dockerfile = readFileSync(join(build, "Dockerfile"), "utf8");
      for (const [, sources = ""] of dockerfile.matchAll(/^COPY --from=build (.+) \S+$/gm)) {
        for (const source of sources.split(" ")) {
          const name = source.replace("/app/", "");
          cpSync(join(build, name), join(image, name), { recursive: true, verbatimSymlinks: true });
        }
      }
      expect(readdirSync(image).sort()).toEqual([
        "apps.json",
        "dist",
        "documents",
        "node_modules",
        "package.json",
        "public",
        "widgets.json",
      ]);
      const { url, log } = await start(image, { NODE_ENV: "production", HOST: "0.0.0.0" });
      expect((await fetch(`${url}/price_history`)).status).toBe(200);
      expect(log()).toContain("NO API KEY");
      const check = /^HEALTHCHECK [\s\S]*?CMD (\[.*\])$/m.exec(dockerfile)?.[1] as string;
      const [program = "", ...args] = JSON.parse(check) as string[];
      expect(command(program, args, { cwd: image, env: { PORT: new URL(url).port } }).code).toBe(0);
      expect(command(program, args, { cwd: image, env: { PORT: "9" } }).code).toBe(1);
    },
  );

  itWith("node", true)("every YAML of the notes and of the workflow is YAML", async () => {
    const { loadAll } = await import("js-yaml");
    const notes = readFileSync(join(project, "DEPLOY.md"), "utf8");
    const blocks = [...notes.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] as string);
    expect(blocks).toHaveLength(3);
    for (const block of [...blocks, readFileSync(join(project, ".github", "workflows", "ci.yml"), "utf8")]) {
      expect(loadAll(block)[0]).toBeTypeOf("object");
    }
  });
});
