import { type ActContext, accepted, mayAct, type Ruling, refused } from "./ruling.js";

/**
 * form.sign-off: a member of a needed team has had the author's sign-off, which is not for everybody to read. Said once, it holds for all
 * that the pull request becomes.
 */
export function signOffPrivately(context: ActContext): Ruling {
  const { register, person, act, commandText: said } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  if (context.phase === "ended") return refused(context, { code: "ended", said });
  return accepted(
    register.signedOffPrivately === undefined
      ? { ...register, signedOffPrivately: { by: person, at: act.at, url: act.url } }
      : register,
  );
}
