import { connect } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { smallGitHub } from "./small.js";

/** What any program or page on the machine can send to the sandbox's API: it is answered, and the sandbox goes on. */

let at: ReturnType<typeof smallGitHub>;
beforeEach(async () => {
  at = smallGitHub();
  await at.github.listen();
});
afterEach(() => at.github.close());

/** The first line of what comes back. */
const sent = (request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(new URL(at.github.url).port), "127.0.0.1", () => socket.write(request));
    socket.on("data", (piece) => {
      text += String(piece);
    });
    socket.on("end", () => resolve(text.split("\r\n", 1)[0] ?? ""));
    socket.on("error", reject);
  });

const head = (path: string, host = "127.0.0.1") =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

it.each([
  ["an address that is none", head("//"), 404],
  ["a name that is none", head("/rate_limit", "["), 404],
  ["a whole address", head("http://elsewhere/"), 404],
  ["letters that cannot be decoded", head("/repos/%zz/x"), 404],
])("%s is answered, and the next request too", async (_, request, status) => {
  expect(await sent(request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(await sent(head("/rate_limit"))).toMatch(/^HTTP\/1\.1 200 /);
});
