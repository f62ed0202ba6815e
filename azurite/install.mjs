// node install.mjs FOLDER: installs the folder's locked npm packages, unless they are there. Several may run at once: one installs, the others wait.
import { spawnSync } from "node:child_process";
import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { hold } from "./hold.mjs";

const deadline = Date.now() + 5 * 60_000;
const windows = process.platform === "win32";

function fail(message) {
  console.error(message);
  process.exit(1);
}

function isCurrent(folder) {
  const written = statSync(join(folder, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  return written !== undefined && written.mtimeMs >= statSync(join(folder, "package-lock.json")).mtimeMs;
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 11)) fail(`Node.js ${process.versions.node} is too old. Install 20.11 or newer.`);

const folder = realpathSync(process.argv[2] ?? fail("usage: node install.mjs FOLDER"));
while (!isCurrent(folder) && !(await hold(`npm ci ${folder}`))) {
  if (Date.now() > deadline) fail(`Another "npm ci" in ${folder} has not ended for five minutes. End it, then try again.`);
  await setTimeout(100);
}
if (!isCurrent(folder)) {
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, shell: windows, encoding: "utf8" });
  if (npm.error) fail(`npm cannot be started (${npm.error.code}). It comes with Node.js; see that it is on the PATH.`);
  const errors = npm.stderr.split("\n").filter(line => line.startsWith("npm error ")).map(line => line.slice("npm error ".length).trim());
  if (npm.status !== 0) fail(`"npm ci" in ${folder} ended with ${npm.status ?? npm.signal}: ${errors.join("; ")}`);
}
