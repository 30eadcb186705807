import { configPush, manyAmendments, votesBesideAmendments } from "./amendments.js";
import { beside } from "./beside.js";
import { events } from "./events.js";
import { labelTimes, memory, webhooksTaken } from "./load.js";
import { rounds } from "./rounds.js";
import type { Benchmark } from "./row.js";
import { story } from "./story.js";
import { versions } from "./versions.js";
import { waits } from "./waits.js";
import { warmReads } from "./warm.js";

/** What `npm run bench` runs, in this order, the longest first, so that the others run beside it. Another one is a function that gives rows, and a line here. */
export const BENCHMARKS: readonly Benchmark[] = [
  { name: "rounds", title: "Starts and rounds", sizes: "open proposals", kind: "counts", run: rounds },
  {
    name: "beside",
    title: "Starts and rounds beside what is closed",
    sizes: "closed pull requests",
    kind: "counts",
    run: beside,
  },
  {
    name: "waits",
    title: "How long a member waits for an answer, by GitHub's time",
    sizes: "open proposals",
    kind: "counts",
    run: waits,
  },
  {
    name: "events",
    title: "What an event costs",
    sizes: "comments on the thread",
    kind: "counts",
    run: events,
  },
  {
    name: "story",
    title: "A motion from beginning to end, beside the older bot",
    sizes: "comments on the thread",
    kind: "counts",
    run: story,
  },
  {
    name: "votes",
    title: "A vote beside open amendments",
    sizes: "open motions",
    kind: "counts",
    run: votesBesideAmendments,
  },
  { name: "config", title: "The config changes", sizes: "open motions", kind: "counts", run: configPush },
  {
    name: "amendments",
    title: "Amendments opened by a stranger, in the hour after",
    sizes: "amendments",
    kind: "counts",
    run: manyAmendments,
  },
  {
    name: "versions",
    title: "Starts where the config has had many versions",
    sizes: "versions",
    kind: "counts",
    run: versions,
  },
  { name: "warm", title: "What GitHub answers for a look", sizes: "edits", kind: "counts", run: warmReads },
  // `decide` by what people did (core.ts) joins here, as `times`.
  {
    name: "labels",
    title: "A hundred events a second, one of them a concern",
    sizes: "",
    kind: "times",
    run: labelTimes,
  },
  { name: "webhooks", title: "Webhooks taken", sizes: "", kind: "times", run: webhooksTaken },
  { name: "memory", title: "Memory", sizes: "webhooks", kind: "times", run: memory },
];
