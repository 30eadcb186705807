/** One of the things the clerk reports in issues of the repository; each can be turned off. */
interface DutyRow {
  /** Its key in the config. */
  readonly key: string;
  readonly byDefault: boolean;
  /** In the config's schema and docs/configuration.md. */
  readonly meaning: string;
}

export const DUTIES = [
  {
    // absence.eight-weeks. Off unless switched on: it names people, and many bodies agree on absences elsewhere.
    key: "absence",
    byDefault: false,
    meaning: "List members not seen in the repository for eight weeks, without an agreed absence.",
  },
  {
    // amend.lead-confidence
    key: "lead_confidence",
    byDefault: true,
    meaning: "Remind of the lead's vote of confidence, due every twelve months.",
  },
  {
    // amend.lead
    key: "lead_vacancy",
    byDefault: true,
    meaning: "Remind of a lead's seat that has been vacant for fourteen days.",
  },
  {
    // amend.resign
    key: "resignation",
    byDefault: true,
    meaning: "Tell both boards of a resignation.",
  },
  {
    // config.lawful
    key: "unlawful_config",
    byDefault: true,
    meaning: "Report a change of this file that came without an approved amendment.",
  },
] as const satisfies readonly DutyRow[];

export type DutyKey = (typeof DUTIES)[number]["key"];
