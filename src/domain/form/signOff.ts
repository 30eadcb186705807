import type { FormFacts, FormFinding } from "../model/form.js";
import { markdownLines } from "./lines.js";
import { unknown } from "./unknown.js";

/** form.sign-off: one of the author's own is enough, wherever it stands. */
export function signOff({ merged, privately, read }: FormFacts): readonly FormFinding[] {
  if (merged || privately) return [];
  if (read === null) return [unknown("sign-off", "unread")];
  if (read.signedOff === "commit" || read.signedOff === "comment" || signsOff(uncommented(read.description)))
    return [];
  if (read.signedOff === "unknown") return [unknown("sign-off", "many_commits")];
  return [
    { check: "sign-off", severity: "problem", path: null, line: null, fault: { code: "not_signed_off" } },
  ];
}

/** What a template has in a comment is not said by anybody. */
export const uncommented = (text: string): string =>
  markdownLines(text)
    .filter(({ kind }) => kind !== "comment")
    .map((line) => line.text)
    .join("\n");

const SIGNED =
  /^\s{0,8}signed-off-by:\s{0,8}([^<>\s][^<>]{0,200})<([^<>\s@]{1,100}@[^<>\s@]{1,200})>\s{0,8}$/iu;

/** A line `Signed-off-by: Name <mail>`, as git writes it; what a template asks for is none. */
export const signsOff = (text: string): boolean =>
  text.split(/\r\n|\n|\r/u).some((line) => {
    const found = line.length > 600 ? null : SIGNED.exec(line);
    if (found === null) return false;
    const [, name = "", mail = ""] = found;
    return (
      !/^(?:your|firstname lastname|random j)\b/iu.test(name.trim()) &&
      !/[@.]example\.(?:org|com|net)$/iu.test(mail)
    );
  });
