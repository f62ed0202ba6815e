import { createHash } from "node:crypto";
import { unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Holds a name until this process ends; false if a living process holds it already.
 * The name is a listening local socket, so the operating system lets go of it however the process ends.
 */
export async function hold(name) {
  const id = `flagcloud-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  if (process.platform === "linux") return await listens(`\0${id}`);
  if (process.platform === "win32") return await listens(`\\\\.\\pipe\\${id}`);
  return await holdFile(join(tmpdir(), `${id}.sock`));
}

/** Elsewhere the socket is a file that outlives its process: one that nobody answers on is left over, and is taken over. */
export async function holdFile(path) {
  if (await listens(path)) return true;
  if (await answers(path)) return false;
  try {
    unlinkSync(path);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return await listens(path);
}

function listens(address) {
  return new Promise((resolve, reject) => {
    const server = createServer(socket => socket.destroy());
    server.once("error", error => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
    server.listen(address, () => resolve(true)).unref();
  });
}

function answers(path) {
  return new Promise(resolve => {
    const socket = connect(path, () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
  });
}
