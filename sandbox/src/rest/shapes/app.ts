import type { components } from "@octokit/openapi-types";
import { nodeId } from "../../ids.js";
import { appOf, time, type View } from "../../view.js";
import { userShape } from "./account.js";

export type Integration = components["schemas"]["integration"];

/** The clerk's, or another. */
export function appShape(view: View, appId: number | null = null): Integration {
  const { app } = view;
  const { id, slug, name } = appOf(view, appId);
  return {
    id,
    slug,
    node_id: nodeId("app", id),
    owner: userShape(view, ownerId(view)),
    name,
    description: "Counts the votes, keeps the record, and has no vote.",
    external_url: `${view.html}/apps/${slug}`,
    html_url: `${view.html}/apps/${slug}`,
    created_at: time(app.createdAt),
    updated_at: time(app.createdAt),
    permissions: { ...app.asks },
    events: [...app.events],
  };
}

const ownerId = (view: View): number | null =>
  [...view.state.repositories.values()].find(({ installed }) => installed)?.ownerId ?? null;

export function installationShape(view: View, owned = ownerId(view)): components["schemas"]["installation"] {
  const { app } = view;
  const owner = userShape(view, owned);
  return {
    id: app.installationId,
    account: owner,
    repository_selection: "selected",
    access_tokens_url: `${view.api}/app/installations/${app.installationId}/access_tokens`,
    repositories_url: `${view.api}/installation/repositories`,
    html_url: `${view.html}${owner.type === "Organization" ? `/organizations/${owner.login}` : ""}/settings/installations/${app.installationId}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: owner.id,
    target_type: owner.type,
    permissions: { ...app.permissions },
    events: [...app.events],
    created_at: time(app.createdAt),
    updated_at: time(app.createdAt),
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  };
}
