// Starts Azurite's blob service in this process, on 127.0.0.1:$PORT (10000 where it is not set; 0 takes any free port).
//   AZURITE_LOCATION         where the numbered data folders lie; ./data beside this file by default
//   AZURITE_IN_MEMORY=true   keeps everything in memory, uses no folder
//   AZURITE_EXIT_WITH_STDIN=true   ends when its standard input closes, so that it cannot outlive the process that started it
//   FLAGCLOUD_FRESH=true     empties the chosen folder first
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { hold } from "./hold.mjs";

const host = "127.0.0.1";
const port = Number(process.env.PORT || 10000);
const on = name => process.env[name]?.toLowerCase() === "true";

const fail = message => {
  console.error(`azurite: ${message}`);
  process.exit(1);
};

/** The first numbered folder that no living instance holds; it stays held for as long as this process lives. */
async function claimFolder(root) {
  for (let number = 1; ; number++) {
    const folder = join(root, String(number));
    mkdirSync(folder, { recursive: true });
    if (await hold(realpathSync(folder))) return folder;
  }
}

function refuse(error) {
  if (error.syscall !== "listen") fail(`the blob service cannot start: ${error.message}`);
  if (error.code === "EADDRINUSE") fail(`port ${port} is taken. Set PORT to a free one, or end the process that listens on it.`);
  fail(`cannot listen on ${host}:${port} (${error.message}). PORT must be a number from 0 to 65535 that this user may use.`);
}

let running;
let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  await running?.close().catch(error => fail(`its state could not be saved: ${error.message}`));
  process.exit(0);
}

// From the first moment: whoever started this may go away while it starts.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]) process.on(signal, end);
if (on("AZURITE_EXIT_WITH_STDIN")) process.stdin.on("end", end).on("error", end).resume();

if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT is "${process.env.PORT}". It must be a number from 0 to 65535.`);

// Before a folder is claimed or emptied: a start that must fail changes nothing.
await new Promise((resolve, reject) => {
  const probe = createServer().once("error", reject).listen(port, host, () => probe.close(resolve));
}).catch(refuse);

const { default: factory } = await import("azurite/dist/src/blob/BlobServerFactory.js").catch(error =>
  fail(`its package is not installed (${error.code}). Run "npm ci" in the folder of start.mjs.`));

const folder = on("AZURITE_IN_MEMORY") ? undefined : await claimFolder(process.env.AZURITE_LOCATION || join(import.meta.dirname, "data"));
if (folder && on("FLAGCLOUD_FRESH")) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

// The SDK's API version runs ahead of Azurite's list of known ones, hence no version check. The access log would be a line a request.
process.argv = [...process.argv.slice(0, 2), "--blobHost", host, "--blobPort", String(port), "--skipApiVersionCheck", "--disableTelemetry",
  "--silent", ...(folder ? ["--location", folder] : ["--inMemoryPersistence"])];
const server = await new factory.BlobServerFactory().createServer();

// A fan-out connects a thousand times at once, and .NET keeps idle connections for a minute: Node's 511 and 5 s would break both.
const listen = server.httpServer.listen.bind(server.httpServer);
server.httpServer.listen = (port, host, done) => listen({ port, host, backlog: 4096 }, done);
server.httpServer.keepAliveTimeout = 75_000;

await server.start().catch(refuse);
running = server;
console.log(`Azurite blob service on ${server.getHttpServerAddress()}, data in ${folder ?? "memory"}`);
