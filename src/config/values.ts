import { z } from "zod";
import { DAY_PATTERN, readDay } from "./calendar.js";
import { MAX_GLOBS, MAX_NAMES, MAX_STARS } from "./limits.js";
import { readThreshold, THRESHOLD_PATTERN } from "./threshold.js";
import type { ValueKind } from "./valueText.js";

/* The single values of the config file, each with its form and the kind of fault it has (`faultText.ts`). */

/** Wide enough for old logins (which may end in a hyphen) and for managed users (`name_company`). */
export const LOGIN = /^[A-Za-z0-9_-]{1,39}$/;
export const ACCOUNT = /^[A-Za-z0-9_-]{1,39}(?:\[bot\])?$/;
export const ONE_LINE = /^\S(?:.{0,98}\S)?$/;
export const LABEL_NAME = /^\S(?:.{0,48}\S)?$/;
/** Of a label that the clerk looks for in lists: REST takes several names with commas between. https://docs.github.com/rest/issues/issues#list-repository-issues */
export const OWN_LABEL = /^[^\s,](?:[^,\r\n]{0,48}[^\s,])?$/;
/** A word, perhaps with a blank or a hyphen behind it, that digits can follow. */
export const PREFIX = /^[A-Za-z][A-Za-z-]{0,18}[ -]?$/;
/** Brackets and braces are literal in the clerk's globs: whoever writes them means something else. */
const GLOB = /^(?![/!])(?!(?:.*\/)?\.{0,2}\/)(?!.*\/\.{0,2}$)[^\\[\]{}]{1,200}$/;
/** A file from the root of the repository: no glob, no step up, no folder. */
export const FILE_PATH = /^(?![/])(?!(?:.*\/)?\.{0,2}\/)(?!.*\/\.{0,2}$)[^\\*?:]{1,200}$/;
const FEW_STARS = `(?!(?:[^*]*\\*){${MAX_STARS + 1}})`;
/** The public half of a key of Ed25519: its 32 bytes in base64 (record.signed). */
export const RECORD_KEY = /^ed25519:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
export const ADDRESS = /^https:\/\/\S{1,300}$/;
/** As GitHub has names of repositories: https://docs.github.com/rest/repos/repos#create-an-organization-repository */
export const REPOSITORY = /^[A-Za-z0-9_-]{1,39}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const SLUG = /^[a-z][a-z0-9-]{0,38}$/;

// Editors may compile a pattern without the u flag, which \p needs: so that part is not in the pattern.
export const textValue = (kind: ValueKind, pattern: RegExp) =>
  z
    .string({ error: kind })
    .regex(pattern, { error: kind })
    .refine((value) => !/\p{Cc}/u.test(value), { error: kind });
/** Checked by `read`; the pattern is for editors, which cannot call it. */
export const readValue = (kind: ValueKind, pattern: RegExp, read: (text: string) => unknown) =>
  z
    .string({ error: kind })
    .refine((value) => read(value) !== null, { error: kind })
    .meta({ pattern: pattern.source });

export const login = textValue("login", LOGIN);
export const dayValue = readValue("date", DAY_PATTERN, readDay);
const glob = textValue("glob", GLOB)
  .refine((value) => value.split("*").length - 1 <= MAX_STARS, { error: "many_stars" })
  .meta({ pattern: GLOB.source.replace("^", `^${FEW_STARS}`) });
export const globs = z.array(glob, { error: "list" }).meta({ maxItems: MAX_GLOBS });
export const names = (pattern: RegExp) =>
  z.array(textValue("account", pattern), { error: "list" }).max(MAX_NAMES, { error: "many_names" });
export const slug = textValue("slug", SLUG);
const threshold = readValue("threshold", THRESHOLD_PATTERN, readThreshold).meta({
  description:
    "Share of the whole team that must say yes: a whole percentage such as 75%, or a fraction such as 2/3.",
  examples: ["75%", "2/3", "100%"],
});
export const mapping = <Shape extends z.ZodRawShape>(shape: Shape, kind: ValueKind = "mapping") =>
  z.strictObject(shape, { error: kind });
export const choice = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, { error: "choice" });

/** tally.threshold: the short form is a share of the whole team, the long one says of what. */
const measureShape = mapping({
  threshold,
  of: choice(["all", "present"]).default("all").meta({
    description:
      "What it is a share of: the whole team (all), or its members less those who abstain (present), which needs a quorum.",
  }),
  quorum: threshold.optional().meta({
    description:
      "With of: present. Share of the whole team that must have voted, yes or abstaining. One no higher than the threshold is always met with it.",
  }),
})
  .refine(({ of, quorum }) => of === "all" || quorum !== undefined, { error: "quorum_wanted", path: ["of"] })
  .refine(({ of, quorum }) => of === "present" || quorum === undefined, {
    error: "quorum_of_all",
    path: ["quorum"],
  });
export const measure = z.union([threshold, measureShape], { error: "threshold" });

/** The same checks for what reads a file that may be faulty elsewhere. */
export const isLogin = (text: string): boolean => LOGIN.test(text);
export const isSlug = (text: string): boolean => SLUG.test(text);
