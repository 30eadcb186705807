import type { Instant } from "../text/time.js";

/** One check of form (form.check). */
interface FormCheckRow {
  /** Its name in the config. */
  readonly key: string;
  /** What texts call it. */
  readonly title: string;
  /** In the config's schema and docs/configuration.md. */
  readonly meaning: string;
}

export const FORM_CHECKS = [
  {
    key: "file-name",
    title: "File name",
    meaning: "The text is called NUMBER-kebab-name, with the number of its pull request.",
  },
  {
    key: "title",
    title: "Title",
    meaning:
      "The title begins with proposals.prefix, the number and a colon; [WIP] before it only while the pull request is a draft.",
  },
  {
    key: "heading",
    title: "First heading",
    meaning: "The first heading of the text names the same number, like the title.",
  },
  {
    key: "rendered",
    title: "Rendered link",
    meaning:
      "The description links the text at the head of the pull request; after the merge, on the default branch.",
  },
  {
    key: "sign-off",
    title: "Sign-off",
    meaning:
      "A line Signed-off-by: Name <mail> in a commit of the author's, in the description or in a comment of theirs; or a member has said signoff private.",
  },
  {
    key: "one-proposal",
    title: "One proposal",
    meaning: "The pull request adds one text only.",
  },
  {
    key: "images",
    title: "Images",
    meaning: "Images lie in a folder images beside the texts.",
  },
  {
    key: "line-length",
    title: "Line length",
    meaning: "Lines are wrapped at 120 characters, those that cannot be wrapped aside.",
  },
] as const satisfies readonly FormCheckRow[];

export type FormCheck = (typeof FORM_CHECKS)[number]["key"];

export const FORM_CHECK_KEYS: readonly FormCheck[] = FORM_CHECKS.map(({ key }) => key);

/** What is read for the form of a proposal besides its snapshot. */
export type FormRead =
  | {
      readonly kind: "read";
      /** The whole of it, as it stands now. */
      readonly description: string;
      /** Name of the head's branch. */
      readonly branch: string;
      /** `owner/name` it lies in; null: the fork is gone. */
      readonly headRepository: string | null;
      /** Of the texts it adds, in the order of their paths. */
      readonly texts: readonly FormText[];
      /** Where the author has signed off, besides the description; `unknown`: there are more commits than are read. */
      readonly signedOff: "commit" | "comment" | "nowhere" | "unknown";
      /** The newest run of the form check for this pull request on the present head. */
      readonly shown: ShownForm | null;
    }
  /** Not known now: never taken for a text without faults. */
  | { readonly kind: "unread"; readonly retryAt: Instant; readonly shown: ShownForm | null };

/** A text at the head, or why it is not known. */
export type FormText =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly unread: UnreadText };
export type UnreadText = "too_large" | "not_text" | "too_many" | "not_there";

export interface ShownForm {
  /** Database id. */
  readonly id: number;
  readonly verdict: FormVerdict | "other";
  readonly title: string;
  readonly summary: string;
}

/** It never fails: it is advice. */
export type FormVerdict = "success" | "neutral";

/** Everything the checks of form go by. */
export interface FormFacts {
  readonly number: number;
  readonly title: string;
  readonly draft: boolean;
  readonly merged: boolean;
  /** The word before a number, `MSC`; null: numbers are not asked for in titles and headings. */
  readonly prefix: string | null;
  /** The repository's page. */
  readonly repositoryUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly defaultBranch: string;
  readonly head: string;
  /** Paths of the texts it adds, and of other files it adds. */
  readonly added: readonly string[];
  readonly others: readonly string[];
  /** Folders in which texts live, without a slash at the end; empty: the top. */
  readonly folders: readonly string[];
  /** GitHub lists no more of its files. */
  readonly filesCutOff: boolean;
  /** A member has said that it was signed off in private. */
  readonly privately: boolean;
  /** null: it was not read. */
  readonly read: Extract<FormRead, { kind: "read" }> | null;
}

export interface FormFinding {
  readonly check: FormCheck;
  /** `warning`: worth a look. `unknown`: it could not be found out, so it is no pass. */
  readonly severity: "problem" | "warning" | "unknown";
  /** The file it is about; null: none. */
  readonly path: string | null;
  /** In that file, counted from 1; null: none. */
  readonly line: number | null;
  readonly fault: FormFault;
}

/** What is wrong, and in `to` what it has to become. The words are in `messages/form.ts`. */
export type FormFault =
  | { readonly code: "name_without_number" | "unusual_name" | "image_elsewhere"; readonly to: string }
  | { readonly code: "name_of_another"; readonly number: number; readonly to: string }
  | { readonly code: "title_without_number" | "title_unusual" | "title_unfinished"; readonly to: string }
  | { readonly code: "title_of_another"; readonly number: number; readonly to: string }
  | {
      readonly code: "no_heading" | "heading_without_number" | "heading_unusual";
      readonly to: string;
    }
  | { readonly code: "heading_of_another"; readonly number: number; readonly to: string }
  | { readonly code: "no_link" | "link_not_merged"; readonly to: string; readonly renamed: boolean }
  | { readonly code: "not_signed_off" }
  | { readonly code: "several_texts"; readonly kept: string; readonly moved: readonly string[] }
  | { readonly code: "long_line"; readonly length: number }
  | { readonly code: "more_long_lines"; readonly count: number }
  | { readonly code: "unknown"; readonly because: UnknownForm };

export type UnknownForm = "unread" | "many_files" | "many_commits" | UnreadText;
