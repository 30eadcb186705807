import type { MatrixSettings } from "../matrix/homeserver.js";
import { isLoopback } from "./gitHubApi.js";
import { given, type Variables } from "./variables.js";

const MATRIX_VARIABLES = ["MATRIX_HOMESERVER", "MATRIX_TOKEN", "MATRIX_ROOM"] as const;

const ALIAS_IN_DOT_ENV = " In .env an alias has to stand in quotes, as # begins a comment there.";

/** All three, or none. */
export function matrixOf(variables: Variables, faults: string[]): MatrixSettings | undefined {
  const [homeserver, token, room] = MATRIX_VARIABLES.map((name) => given(variables, name)?.trim());
  if (homeserver === undefined && token === undefined && room === undefined) return undefined;
  const missing = MATRIX_VARIABLES.filter((name) => given(variables, name) === undefined);
  if (missing.length > 0)
    faults.push(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set, and a Matrix room is told nothing without: give MATRIX_HOMESERVER, MATRIX_TOKEN and MATRIX_ROOM, or none of them.${missing.includes("MATRIX_ROOM") ? ALIAS_IN_DOT_ENV : ""}`,
    );
  const address = homeserver === undefined ? "" : homeserverOf(homeserver, faults);
  // It goes into a header: what cannot stand in one would be told by the error, and the token with it.
  if (token !== undefined && !/^[\x21-\x7e]{1,4000}$/.test(token))
    faults.push("MATRIX_TOKEN is no access token: give it alone, in one line, without blanks.");
  // https://spec.matrix.org/latest/appendices/#identifier-grammar
  if (room !== undefined && !/^(?:![^\s\p{Cc}]{1,254}|#[^\s:\p{Cc}]{1,200}:[^\s\p{Cc}]{1,250})$/u.test(room))
    faults.push(
      "MATRIX_ROOM is no room: give its alias, such as #decisions:example.org, or its id, which begins with an exclamation mark.",
    );
  return { homeserver: address, token: token ?? "", room: room ?? "" };
}

function homeserverOf(text: string, faults: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.username + url.password + url.search + url.hash === "";
  if (url === null || !plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // It may hold a password, so no word of it is repeated.
    faults.push(
      "MATRIX_HOMESERVER is not the address of a homeserver: give its base URL, such as https://matrix-client.matrix.org, without a name, a password, a ? or a #.",
    );
    return "";
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    faults.push(
      "MATRIX_HOMESERVER begins with http://, so everybody on the way could read MATRIX_TOKEN: give it with https://. Only on this machine itself (localhost) http:// will do.",
    );
  return url.href.replace(/\/+$/, "").replace(/\/_matrix(?:\/client(?:\/v3)?)?$/, "");
}
