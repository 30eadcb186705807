import { GITHUB_COM, isGitHubsCloud } from "../platform/gitHubAddress.js";
import { given, type Variables } from "./variables.js";

/** Where GitHub's API is; faults are told where somebody signs in. */
export const readBaseUrl = (variables: Variables): string => baseUrlOf(variables, []);

/** Where GitHub's REST API is. Where GraphQL and people's pages are follows from it (platform/gitHubAddress.ts). */
export function baseUrlOf(variables: Variables, faults: string[]): string {
  const api = apiUrlOf(given(variables, "GITHUB_API_URL"), faults);
  const server = serverOf(given(variables, "GHE_HOST"), given(variables, "GHE_PROTOCOL"), faults);
  if (api !== null && server !== null && api !== server) {
    faults.push(
      `GITHUB_API_URL (${api}) and GHE_HOST (which means ${server}) name two different GitHubs: drop GHE_HOST, and set GITHUB_API_URL to the one that is meant.`,
    );
  }
  return api ?? server ?? GITHUB_COM;
}

function apiUrlOf(text: string | undefined, faults: string[]): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const plain = url !== null && url.username + url.password + url.search + url.hash === "";
  if (url === null || !plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // It may hold a password, so no word of it is repeated.
    faults.push(
      "GITHUB_API_URL is not the address of an API: give it as https://api.SUB.ghe.com or https://HOST/api/v3, without a name, a password, a ? or a #.",
    );
    return GITHUB_COM;
  }
  const address = url.href.replace(/\/+$/, "");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    faults.push(
      "GITHUB_API_URL begins with http://, so everybody on the way could read the App's tokens: give it with https://. Only on this machine itself (localhost) http:// will do.",
    );
  }
  const api = `https://api.${url.host}`;
  if (isGitHubsCloud(api) && url.pathname === "/")
    faults.push(`GITHUB_API_URL is ${address}, where people look: its API is ${api}.`);
  return address;
}

/** What is sent there in clear stays on this machine. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);

/** `GHE_HOST` means `/api/v3`, as on every Enterprise Server. */
function serverOf(host: string | undefined, protocol: string | undefined, faults: string[]): string | null {
  if (protocol !== undefined && protocol !== "http" && protocol !== "https") {
    faults.push("GHE_PROTOCOL is neither http nor https.");
  }
  if (host === undefined) return null;
  if (!/^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)) {
    faults.push(
      "GHE_HOST is not a host: give the name alone, such as github.example.org, without https:// and without a path.",
    );
  } else if (/\.ghe\.com$/i.test(host)) {
    const api = `https://api.${host.replace(/^api\./i, "").toLowerCase()}`;
    faults.push(
      `GHE_HOST is for a GitHub Enterprise Server, and ${host} is none: drop it, and set GITHUB_API_URL to ${api}.`,
    );
  }
  return `${protocol ?? "https"}://${host}/api/v3`;
}

/** The name of who is to own the App (`GH_ORG`). */
export function organizationOf(text: string | undefined, faults: string[]): string | undefined {
  if (text !== undefined && !/^[a-z0-9-]{1,39}$/i.test(text)) {
    faults.push(
      "GH_ORG is not the name of an organisation: give the name alone, as it stands in its address.",
    );
  }
  return text;
}
