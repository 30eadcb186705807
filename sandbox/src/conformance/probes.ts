import type { Probe } from "./probe.js";
import { forkLag } from "./probes/k1ForkLag.js";
import { lostLabel } from "./probes/k2LostLabel.js";
import { sharedHead } from "./probes/k3SharedHead.js";
import { locked } from "./probes/k4Locked.js";
import { ownIssues } from "./probes/k8OwnIssues.js";
import { largeReads } from "./probes/k9LargeReads.js";
import { bases } from "./probes/k10Bases.js";
import { nodeIds } from "./probes/k11NodeIds.js";
import { checkRuns } from "./probes/k13CheckRuns.js";

/** In the order in which they are run; K10 is the last that writes, as it renames the default branch for a while. Another is one file more, and a line here. */
export const PROBES: readonly Probe[] = [
  forkLag,
  lostLabel,
  sharedHead,
  locked,
  nodeIds,
  checkRuns,
  largeReads,
  bases,
  ownIssues,
];
