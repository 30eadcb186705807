import { type Kit, Unsettled } from "../kit.js";
import type { Probe } from "../probe.js";

const LIST = "GET /repos/{owner}/{repo}/issues";

async function found(kit: Kit, name: string, number: number, creator: string): Promise<void> {
  await kit.see(
    name,
    "app",
    LIST,
    { creator, state: "all", per_page: 100 },
    {
      facts: ({ status, data }) =>
        status === 200
          ? { found: (data as { number: number }[]).some((one) => one.number === number) }
          : null,
    },
  );
}

export const ownIssues: Probe = {
  id: "K8",
  kind: "own-issues",
  asks: "whether the App finds its own issues by their creator, also after it was renamed",
  hand: true,
  run: async (kit) => {
    const { slug } = kit.place;
    const { status, data } = await kit.see(
      "an issue of the App's",
      "app",
      "POST /repos/{owner}/{repo}/issues",
      {
        title: kit.name("issue"),
      },
    );
    if (status !== 201) throw new Unsettled("the App may make no issue there");
    const { number } = data as { number: number };
    kit.undo(`issue #${number}`, "app", "PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
      issue_number: number,
      state: "closed",
    });
    await found(kit, "listed by creator=SLUG[bot]", number, `${slug}[bot]`);
    await found(kit, "listed by creator=app/SLUG", number, `app/${slug}`);
    const done = await kit.place.byHand(
      `Give the App another name on its settings page (say ${slug}-kit), and save. Give it back when the kit is done.`,
      `${kit.place.page.replace(/\/[^/]+\/[^/]+$/, "")}/settings/apps/${slug}`,
      (sandbox) => sandbox.renameApp(`${slug}-kit`),
    );
    if (!done) return;
    await found(kit, "listed by its old name after it was renamed", number, `${slug}[bot]`);
    await kit.see(
      "its issue, after it was renamed",
      "app",
      "GET /repos/{owner}/{repo}/issues/{issue_number}",
      { issue_number: number },
      {
        facts: ({ data: issue }) => (issue as { user: { login: string } }).user.login !== `${slug}[bot]`,
      },
    );
  },
};
