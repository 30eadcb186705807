/** What one of the two actions came to. */
export type ActionResult =
  | {
      readonly kind: "done";
      /** Markdown, shown as the summary of the run. */
      readonly summary: string;
      /** Lines that the runner obeys (`workflowCommands.ts`). */
      readonly annotations: readonly string[];
      readonly code: 0 | 1;
    }
  /** It cannot begin: one plain sentence or more, each. */
  | { readonly kind: "refused"; readonly faults: readonly string[] };
