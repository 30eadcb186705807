import { spokenLines } from "../../markdown/spokenLines.js";
import type { Caller } from "../client/call.js";
import { pages } from "../client/rest.js";
import type { ListedProposal, RepositoryRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { instant } from "./nodes.js";

/** More of a description is not read: what it says of itself stands at its beginning or its end, and GitHub takes 65,536 characters. */
const LONGEST_DESCRIPTION = 65_536;

/** The closed pull requests with this label, by pages of a hundred. https://docs.github.com/rest/issues/issues#list-repository-issues */
export async function closedProposals(
  caller: Caller,
  ref: RepositoryRef,
  label: string,
): Promise<ReadResult<{ proposals: readonly ListedProposal[] }>> {
  const issues = await pages(caller, ref.installation, "GET /repos/{owner}/{repo}/issues", {
    owner: ref.owner,
    repo: ref.name,
    labels: label,
    state: "closed",
  });
  if (issues.kind !== "read") return issues;
  const proposals = issues.items.flatMap((issue): readonly ListedProposal[] => {
    const { pull_request: pull } = issue;
    if (pull === undefined) return [];
    const mergedAt = pull.merged_at ?? null;
    const endedAt = mergedAt ?? issue.closed_at;
    return [
      {
        number: issue.number,
        title: issue.title,
        url: issue.html_url,
        author: issue.user?.login ?? null,
        labels: issue.labels.flatMap((one) => (typeof one === "string" ? one : (one.name ?? []))),
        state: mergedAt === null ? "closed" : "merged",
        draft: issue.draft ?? false,
        createdAt: instant(issue.created_at),
        updatedAt: instant(issue.updated_at),
        endedAt: endedAt === null ? null : instant(endedAt),
        description: spokenLines((issue.body ?? "").slice(0, LONGEST_DESCRIPTION)),
      },
    ];
  });
  return { kind: "read", proposals };
}
