import type { components } from "@octokit/openapi-types";
import { ok, paged, part, type Route, readable } from "../http/exchange.js";
import { notFound } from "../refusal.js";
import type { BranchRule, RequiredCheck } from "../state.js";
import { apiUrl, fullName, htmlUrl } from "../view.js";
import { commitAt } from "./repositories.js";
import { commitShape } from "./shapes/commit.js";

type Schemas = components["schemas"];

const METADATA = [{ of: "metadata", grade: "read" }] as const;
const CONTENTS = [{ of: "contents", grade: "read" }] as const;

/**
 * What protects the default branch, as far as it shows without the right to administer the repository: the rules of active rulesets, without who may go
 * round them, and of the older branch protection its checks alone.
 */
export const ruleRoutes: readonly Route[] = [
  {
    // https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
    method: "GET",
    path: "/repos/{owner}/{repo}/rules/branches/{branch+}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, METADATA);
      const rules = part(parts, "branch") === repository.defaultBranch ? repository.rules : [];
      return paged(exchange, rules, (page) =>
        page.map((rule) => ruleShape(rule, fullName(exchange.view, repository))),
      );
    },
  },
  {
    // https://docs.github.com/rest/branches/branches#get-a-branch, https://github.com/isaacs/github/issues/1940
    method: "GET",
    path: "/repos/{owner}/{repo}/branches/{branch+}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, CONTENTS);
      const { view } = exchange;
      const name = part(parts, "branch");
      const oid = repository.branches.get(name);
      if (oid === undefined) throw notFound();
      const isDefault = name === repository.defaultBranch;
      const protection = isDefault ? repository.protection : null;
      const api = `${apiUrl(view, repository)}/branches/${name}`;
      const checks = protection?.checks ?? [];
      const shape: Schemas["branch-with-protection"] = {
        name,
        commit: commitShape(view, repository, commitAt(view.state, repository, oid)),
        _links: { self: api, html: `${htmlUrl(view, repository)}/tree/${name}` },
        protected: protection !== null || (isDefault && repository.rules.length > 0),
        protection: {
          enabled: protection !== null,
          required_status_checks: {
            enforcement_level:
              checks.length === 0 ? "off" : protection?.admins === true ? "everyone" : "non_admins",
            contexts: checks.map((check) => check.name),
            checks: checks.map(({ name: context, appId }) => ({ context, app_id: appId })),
          },
        },
        protection_url: `${api}/protection`,
      };
      return ok(shape);
    },
  },
];

const ruleShape = (rule: BranchRule, source: string): object => ({
  type: rule.kind,
  ruleset_source_type: "Repository",
  ruleset_source: source,
  ruleset_id: rule.rulesetId,
  ...parametersOf(rule),
});

function parametersOf(rule: BranchRule): { readonly parameters?: object } {
  switch (rule.kind) {
    case "required_status_checks": {
      const parameters: Schemas["repository-rule-required-status-checks"]["parameters"] = {
        strict_required_status_checks_policy: false,
        do_not_enforce_on_create: false,
        required_status_checks: rule.checks.map(required),
      };
      return { parameters };
    }
    case "merge_queue": {
      const parameters: Schemas["repository-rule-merge-queue"]["parameters"] = {
        check_response_timeout_minutes: 60,
        grouping_strategy: "ALLGREEN",
        max_entries_to_build: 5,
        max_entries_to_merge: 5,
        merge_method: "MERGE",
        min_entries_to_merge: 1,
        min_entries_to_merge_wait_minutes: 5,
      };
      return { parameters };
    }
    case "deletion":
      return {};
  }
}

const required = ({ name, appId }: RequiredCheck) => ({
  context: name,
  ...(appId !== null && { integration_id: appId }),
});
