import type { FormFacts, FormRead } from "../../src/domain/model/form.js";

type Kept = Extract<FormRead, { kind: "read" }>;

export const HEAD = "b".repeat(40);

/** Read of pull request 4000, which adds `proposals/4000-a-thing.md` from a fork, and has no fault. */
export const formRead = (over: Partial<Kept> = {}): Kept => ({
  kind: "read",
  description:
    "[Rendered](https://github.com/author/matrix-spec-proposals/blob/a-thing/proposals/4000-a-thing.md)\n",
  branch: "a-thing",
  headRepository: "author/matrix-spec-proposals",
  texts: [{ path: "proposals/4000-a-thing.md", text: "# MSC4000: A thing\n\nWords.\n" }],
  signedOff: "commit",
  shown: null,
  ...over,
});

export const formOf = (over: Partial<FormFacts> = {}): FormFacts => ({
  number: 4000,
  title: "MSC4000: A thing",
  draft: false,
  merged: false,
  prefix: "MSC",
  repositoryUrl: "https://github.com/matrix-org/matrix-spec-proposals",
  repository: "matrix-org/matrix-spec-proposals",
  defaultBranch: "main",
  head: HEAD,
  added: ["proposals/4000-a-thing.md"],
  others: [],
  folders: ["proposals"],
  filesCutOff: false,
  privately: false,
  read: formRead(),
  ...over,
});

/** The same with another name for its one text. */
export const named = (path: string, over: Partial<FormFacts> = {}): FormFacts =>
  formOf({ added: [path], read: formRead({ texts: [{ path, text: "# MSC4000: A thing\n" }] }), ...over });

/** The same with another text. */
export const saying = (text: string, over: Partial<FormFacts> = {}): FormFacts =>
  formOf({ read: formRead({ texts: [{ path: "proposals/4000-a-thing.md", text }] }), ...over });
