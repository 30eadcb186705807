import type { Decision } from "../model/decision.js";
import type { WordsContext } from "./context.js";
import { escaped, plain } from "./escape.js";
import { duration, series, theTeam } from "./grammar.js";
import { link } from "./links.js";
import { measureText } from "./measure.js";
import { mention } from "./people.js";

/** Findings of the form check that are told in a welcome; the check has all of them. */
const FINDINGS = 3;

/**
 * said.welcome: what happens next, who decides, what an author can say, and where the process is told: five lines. `period`: how long its
 * Final Comment Period would be, in milliseconds. `formFindings`: what the form check would have changed, a sentence each, in Markdown.
 */
export function welcomeComment(
  decision: Decision,
  context: WordsContext,
  period: number,
  formFindings: readonly string[],
): string {
  const { pull, rules, mention: name } = context;
  const author = pull.author === null ? "" : `, ${mention(pull.author)}`;
  const say = (words: string) => `\`@${name} ${words}\``;
  const teams = decision.tallies.map(
    ({ title, need }) => `${escaped(theTeam(plain(title)))} (${measureText(need)})`,
  );
  const next =
    rules.readyLabel === undefined
      ? "then a member of the team proposes a decision"
      : `say ${say("ready")} when you think that the text is finished, and the team is asked to look`;
  const commands = [
    ...(rules.readyLabel === undefined ? [] : [say("ready")]),
    say("withdraw"),
    ...(rules.obsoleteLabel === undefined ? [] : [say("superseded by 1234")]),
    ...(rules.namedAuthors === true ? [say("hand over to @LOGIN")] : []),
    say("help"),
  ];
  const shown = formFindings.slice(0, FINDINGS);
  const more = formFindings.length - shown.length;
  return [
    `Welcome${author}, and thank you for your first proposal here. **What happens next:** people read it and comment, you answer and change it${pull.draft ? ", and mark it ready for review" : ""}; ${next}.`,
    `**Who decides:** ${series(teams)}, by a vote.${period === 0 ? "" : ` When it has passed, everybody has ${duration(period)} for a last word.`} It can take a while, and no answer is not a no.`,
    `**What you can say,** on a line of its own in a comment: ${series(commands)}.`,
    ...(rules.welcome === undefined
      ? []
      : [`**How it all works:** ${link("the process", rules.welcome.process)}.`]),
    ...(shown.length === 0
      ? []
      : [
          `**To put right first:** ${shown.join(" ")}${more > 0 ? ` And ${more} more, in the check of its form.` : ""}`,
        ]),
  ].join("\n");
}

/** proposal.placeholder */
export function placeholderFilled({ rules, mention: name }: WordsContext): string {
  const { placeholder, proposal } = rules.labels;
  const off = [placeholder, ...(rules.filledPlaceholder?.takeOff ?? [])].map(
    (label) => `“${escaped(label)}”`,
  );
  return `This was a placeholder and has a text now, so it is a proposal: the clerk has put on “${escaped(proposal)}” and taken off ${series(off)}, as far as they stood. If it is still a placeholder, put “${escaped(placeholder)}” back: the clerk leaves it then. \`@${name} help\` shows what can be said here.`;
}
