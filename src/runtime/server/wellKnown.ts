import { readPackage } from "../../platform/package.js";
import { type Handler, pathOf } from "./http.js";

export const WELL_KNOWN = "/.well-known/msc-clerk.json";

/**
 * record.signed: the public halves of this clerk's keys, for whoever verifies a record (https://www.rfc-editor.org/rfc/rfc8615). Which of them are good
 * is told by the config of a repository, not by this page.
 */
export const wellKnown =
  (publicKeys: readonly string[]): Handler =>
  (request, response) => {
    if ((request.method !== "GET" && request.method !== "HEAD") || pathOf(request) !== WELL_KNOWN)
      return false;
    const told = { name: "msc-clerk", version: readPackage().version, record_keys: publicKeys };
    response
      .writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "public, max-age=300",
        "access-control-allow-origin": "*",
      })
      .end(`${JSON.stringify(told)}\n`);
    return true;
  };
