import type { components } from "@octokit/openapi-types";
import { created, type Exchange, numberPart, ok, paged, part, type Route } from "../http/exchange.js";
import type { Tokens } from "../http/tokens.js";
import type { AppPermissions } from "../permissions.js";
import { notFound, Refusal } from "../refusal.js";
import { accountOf, findRepository, time, type View } from "../view.js";
import { profileShape, restLogin } from "./shapes/account.js";
import { appShape, installationShape } from "./shapes/app.js";
import { repositoryShape } from "./shapes/repository.js";

type Schemas = components["schemas"];

export function asApp(exchange: Exchange): void {
  if (exchange.caller.kind !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
}

/** https://docs.github.com/rest/apps */
export const appRoutes = (tokens: Tokens): readonly Route[] => {
  /** Whoever owns the organization can suspend it. */
  const shownInstallation = (view: View) => ({
    ...installationShape(view),
    suspended_at: tokens.suspended ? time(view.now) : null,
  });
  return [
    {
      method: "GET",
      path: "/app",
      answer: (exchange) => {
        asApp(exchange);
        return ok(appShape(exchange.view));
      },
    },
    {
      method: "GET",
      path: "/apps/{slug}",
      answer: ({ view }, { slug }) => {
        const found = [view.app, ...view.otherApps].find((app) => app.slug === slug?.toLowerCase());
        if (!found) throw notFound();
        return ok(appShape(view, found.id));
      },
    },
    {
      method: "GET",
      path: "/app/installations",
      answer: (exchange) => {
        asApp(exchange);
        return paged(exchange, [shownInstallation(exchange.view)], (page) => page);
      },
    },
    {
      method: "GET",
      path: "/app/installations/{id}",
      answer: (exchange, parts) => {
        asApp(exchange);
        if (numberPart(parts, "id") !== exchange.view.app.installationId) throw notFound();
        return ok(shownInstallation(exchange.view));
      },
    },
    {
      method: "POST",
      path: "/app/installations/{id}/access_tokens",
      answer: (exchange, parts) => {
        asApp(exchange);
        const { app } = exchange.view;
        if (numberPart(parts, "id") !== app.installationId) throw notFound();
        if (tokens.suspended) throw new Refusal(403, "This installation has been suspended");
        const permissions = narrowed(app.permissions, exchange.body.permissions);
        const { token, expiresAt } = tokens.issue({ accountId: app.botId, app: permissions });
        const answer: Schemas["installation-token"] = {
          token,
          expires_at: new Date(expiresAt).toISOString().replace(/\.\d{3}Z$/, "Z"),
          permissions: { ...permissions },
          repository_selection: "selected",
        };
        return created(answer);
      },
    },
    {
      method: "GET",
      path: "/repos/{owner}/{repo}/installation",
      answer: (exchange, parts) => {
        asApp(exchange);
        const repository = findRepository(exchange.view, part(parts, "owner"), part(parts, "repo"));
        if (!repository?.installed) throw notFound();
        return ok(shownInstallation(exchange.view));
      },
    },
    {
      method: "GET",
      path: "/installation/repositories",
      answer: (exchange) => {
        if (exchange.caller.kind !== "installation")
          throw new Refusal(
            403,
            "You must authenticate with an installation access token in order to list repositories for an installation.",
          );
        const installed = [...exchange.view.state.repositories.values()].filter((one) => one.installed);
        return paged(exchange, installed, (page) => ({
          total_count: installed.length,
          repository_selection: "selected",
          repositories: page.map((one) => repositoryShape(exchange.view, one)),
        }));
      },
    },
    {
      method: "GET",
      path: "/user",
      answer: (exchange) => {
        const { caller } = exchange;
        if (caller.kind === "nobody") throw new Refusal(401, "Requires authentication");
        if (caller.kind !== "person") throw new Refusal(403, "Resource not accessible by integration");
        return ok(profileShape(exchange.view, caller.actor.accountId));
      },
    },
    {
      method: "GET",
      path: "/users/{login}",
      answer: (exchange, { login }) => {
        for (const { id } of exchange.view.state.accounts.values()) {
          const account = accountOf(exchange.view, id);
          if (account && restLogin(account).toLowerCase() === login?.toLowerCase())
            return ok(profileShape(exchange.view, id));
        }
        throw notFound();
      },
    },
  ];
};

/** A token may be asked for with less than the App has, never with more. */
function narrowed(has: AppPermissions, asked: unknown): AppPermissions {
  if (asked === undefined || asked === null) return has;
  const wanted = Object.entries(asked as Record<string, string>);
  for (const [of, grade] of wanted) {
    const granted = has[of as keyof AppPermissions];
    if (granted !== "write" && granted !== grade)
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
  }
  return Object.fromEntries(wanted);
}
