// npm run cert: makes a certificate for https on this machine, which `npm run dev` then uses. Safari and Brave need it.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";

/** Where the certificate and its key stand; git and Docker leave the folder out. */
export const CERT = "certs/localhost.pem";
export const CERT_KEY = "certs/localhost-key.pem";

const NAMES = ["localhost", "127.0.0.1", "::1"];

function make(): string {
  if (existsSync(CERT) && existsSync(CERT_KEY)) return `${CERT} is there already. Delete it to get a new one.`;
  mkdirSync("certs", { recursive: true, mode: 0o700 });
  if (runs("mkcert", ["-help"])) {
    run("mkcert", ["-install"]);
    run("mkcert", ["-cert-file", CERT, "-key-file", CERT_KEY, ...NAMES]);
    chmodSync(CERT_KEY, 0o600);
    return `${CERT} is made, and the browsers of this machine trust it. Now: npm run dev`;
  }
  if (runs("openssl", ["version"])) {
    const names = NAMES.map((name) => `${/[\d:]/.test(name) ? "IP" : "DNS"}:${name}`).join(",");
    // The umask keeps the key private from its first byte on.
    process.umask(0o077);
    run("openssl", [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "365"],
      ...["-keyout", CERT_KEY, "-out", CERT, "-subj", "/CN=localhost", "-addext", `subjectAltName=${names}`],
      ...["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "extendedKeyUsage=serverAuth"],
    ]);
    return `${CERT} is made. Browsers do not know it yet: run npm run dev, open https://localhost once, and accept it.`;
  }
  throw new Error(
    "Neither mkcert nor openssl is here. Install mkcert (https://github.com/FiloSottile/mkcert) and try again.",
  );
}

function runs(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function run(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8", stdio: ["inherit", "inherit", "pipe"] });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed:\n${stderr}`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    console.log(make());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
