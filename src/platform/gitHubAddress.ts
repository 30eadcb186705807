/**
 * The three forms of the address of a GitHub's REST API, and what follows from each. Any other address is a proxy's (or the sandbox's): what it
 * stands for cannot be told from it.
 *
 * | | REST (`baseUrl`) | GraphQL | people's pages |
 * |---|---|---|---|
 * | github.com | `https://api.github.com` | `/graphql` | `https://github.com` |
 * | data residency | `https://api.SUB.ghe.com` | `/graphql` | `https://SUB.ghe.com` |
 * | Enterprise Server | `https://HOST/api/v3` | `/api/graphql` beside it | `https://HOST` |
 *
 * https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom,
 * https://docs.github.com/en/enterprise-server@3.13/graphql/guides/forming-calls-with-graphql#the-graphql-endpoint
 */
export const GITHUB_COM = "https://api.github.com";

const OF_A_SERVER = /\/api\/v3\/?$/;

/** Octokit's own rule for `octokit.graphql`, which the clerk does not use. */
export const graphqlAddress = (baseUrl: string): string =>
  OF_A_SERVER.test(baseUrl)
    ? baseUrl.replace(OF_A_SERVER, "/api/graphql")
    : `${baseUrl.replace(/\/$/, "")}/graphql`;

/** Where people look, without a slash at the end. */
export function webAddress(baseUrl: string): string {
  const address = baseUrl.replace(OF_A_SERVER, "").replace(/\/$/, "");
  return isGitHubsCloud(baseUrl) ? address.replace("https://api.", "https://") : address;
}

/** `github.com` of `https://api.github.com`; of GitHub Enterprise its own host. */
export const gitHubHost = (baseUrl: string): string => new URL(webAddress(baseUrl)).host;

/** One that GitHub runs itself, and that is always the newest: it has no version. */
export const isGitHubsCloud = (baseUrl: string): boolean =>
  /^https:\/\/api\.(?:github\.com|[a-z0-9-]+\.ghe\.com)\/?$/i.test(baseUrl);
