import type { DoctorFinding } from "../../../src/cli/doctor/finding.js";

/** A finding as people read it. */
export const told = ({ state, what, why, fix }: DoctorFinding): string =>
  [state, what, ...(why === null ? [] : [why]), ...(fix === null ? [] : [fix])].join(" | ");

export const allTold = (findings: readonly DoctorFinding[]): readonly string[] => findings.map(told);

/** Only what is to be done about something. */
export const codes = (findings: readonly DoctorFinding[]): readonly string[] =>
  findings.map(({ code, state }) => `${state} ${code}`);
