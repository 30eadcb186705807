import type { Client } from "msc-clerk/github/connect.js";
import { GRAPHQL } from "./asking.js";
import type { AnswerSeen, Ask } from "./place.js";

/** Through an Octokit that is signed in; an answer of any status is one. */
export function asking(client: Client): Ask {
  const { baseUrl } = client.request.endpoint.DEFAULTS;
  // GitHub Enterprise Server has GraphQL beside REST.
  const graphql = /\/api\/v3\/?$/.test(baseUrl)
    ? `POST ${baseUrl.replace(/\/api\/v3\/?$/, "/api/graphql")}`
    : GRAPHQL;
  return async (route, parameters = {}) => {
    const asked = route === GRAPHQL ? withoutPlace(parameters) : parameters;
    try {
      return (await client.request(route === GRAPHQL ? graphql : route, asked)) as AnswerSeen;
    } catch (thrown) {
      const response =
        typeof thrown === "object" && thrown !== null && "response" in thrown ? thrown.response : undefined;
      if (typeof response !== "object" || response === null || !("status" in response)) throw thrown;
      return response as AnswerSeen;
    }
  };
}

/** GraphQL takes its variables, and no names of a path. */
const withoutPlace = (parameters: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(parameters).filter(([name]) => ["query", "variables", "headers"].includes(name)),
  );
