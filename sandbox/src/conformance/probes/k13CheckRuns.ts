import { Unsettled } from "../kit.js";
import type { AnswerSeen } from "../place.js";
import type { Probe } from "../probe.js";

const MAKE = "POST /repos/{owner}/{repo}/check-runs";
const CHANGE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const run = ({ data }: AnswerSeen) =>
  data as { id: number; status: string; conclusion: string | null; started_at: string | null };

export const checkRuns: Probe = {
  id: "K13",
  kind: "check-runs",
  asks: "the bounds of a check run: its start, its size, its annotations, and whether it goes back",
  run: async (kit) => {
    const { head } = await kit.openForkPull("check");
    await kit.untilKnown(head);
    const made = (more: object) => ({ name: kit.name("check"), head_sha: head, ...more });
    const began = await kit.see("a run without started_at", "app", MAKE, made({ status: "in_progress" }), {
      facts: (answer) => ({ started: run(answer).started_at !== null }),
    });
    if (began.status !== 201) throw new Unsettled("the App may make no check run there");
    const id = { check_run_id: run(began).id };
    await kit.see("it is completed", "app", CHANGE, { ...id, status: "completed", conclusion: "success" });
    await kit.see(
      "it is completed with the same again",
      "app",
      CHANGE,
      { ...id, status: "completed", conclusion: "success" },
      {
        facts: (answer) => ({
          conclusion: run(answer).conclusion,
          startKept: run(answer).started_at === run(began).started_at,
        }),
      },
    );
    await kit.see(
      "it is set in progress again",
      "app",
      CHANGE,
      { ...id, status: "in_progress" },
      {
        facts: (answer) =>
          answer.status === 200 ? { status: run(answer).status, conclusion: run(answer).conclusion } : null,
      },
    );
    const output = (summary: string, more = {}) =>
      made({ status: "in_progress", output: { title: "kit", summary, ...more } });
    await kit.see("a summary of 65,535 letters of three bytes", "app", MAKE, output("…".repeat(65_535)));
    await kit.see("a summary of 65,535 bytes", "app", MAKE, output("a".repeat(65_535)));
    const annotation = {
      path: "README.md",
      start_line: 1,
      end_line: 1,
      annotation_level: "notice",
      message: "kit",
    };
    await kit.see(
      "51 annotations",
      "app",
      MAKE,
      output("kit", { annotations: Array.from({ length: 51 }, () => annotation) }),
    );
  },
};
