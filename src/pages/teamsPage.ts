import { day } from "../domain/messages/grammar.js";
import type { RosterHistory } from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { html } from "../platform/html.js";
import { memberLink } from "./card.js";
import { pageAnswer } from "./frame.js";
import { upFrom } from "./links.js";
import { loginText } from "./pieces.js";
import { dayOf, endOfDay, inForceAt } from "./rosters.js";
import type { Asked, PageAnswer, PageRoute } from "./route.js";
import { dayForm, decisionsTake, domainsPart, historyPart, rosterPart } from "./teamsContent.js";
import { tells, whenTold } from "./told.js";

const PATH = "teams/";
const dayPath = (on: string): string => `${PATH}${on}/`;

/** Today's; and where somebody answers, any other day's, to which the form leads. */
export const teamsRoute: PageRoute = {
  path: /^teams\/$/,
  answer: (asked) =>
    whenTold(asked.source.roster(asked.repository), (history) => {
      const on = asked.live ? asked.query.get("on") : null;
      if (on === null) return tells(teamsAnswer(asked, history, PATH, { at: asked.now, on: null }));
      const at = endOfDay(on);
      return tells(
        at === null || at > endOfToday(asked.now)
          ? teamsAnswer(asked, history, PATH, { at: asked.now, on: null }, at === null ? NO_DAY : NOT_YET)
          : { ...teamsAnswer(asked, history, PATH, { at, on }), status: 303, location: `${on}/` },
      );
    }),
  paths: async () => tells([PATH]),
};

const NO_DAY = "That is no day: write it as 2026-03-01. Shown is today.";
const NOT_YET = "That day has not come yet. Shown is today.";

const endOfToday = (now: Instant): Instant => endOfDay(dayOf(now)) ?? now;

/** As of the end of a day. Of a site of files there is one for each day on which something changed. */
export const teamsOnRoute: PageRoute = {
  path: /^teams\/(\d{4}-\d{2}-\d{2})\/$/,
  answer: (asked, [on = ""]) =>
    whenTold(asked.source.roster(asked.repository), (history) => {
      const at = endOfDay(on);
      return tells(
        at === null || at > endOfToday(asked.now)
          ? null
          : teamsAnswer(asked, history, dayPath(on), { at, on }),
      );
    }),
  paths: (source, repository) =>
    whenTold(source.roster(repository), (history) =>
      tells([...new Set((history?.versions ?? []).map(({ at }) => dayPath(dayOf(at))))]),
    ),
};

function teamsAnswer(
  { repository, live, now }: Asked,
  history: RosterHistory | null,
  path: string,
  { at, on }: { readonly at: Instant; readonly on: string | null },
  fault: string | null = null,
): PageAnswer {
  const up = upFrom(path);
  const version = history === null ? null : inForceAt(history, at);
  const form = live && history !== null && dayForm(on ?? dayOf(now), now, up);
  const first = history?.versions[0];
  return pageAnswer({
    title: on === null ? "Teams" : `Teams as of ${day(at)}`,
    path,
    repository,
    current: "Teams",
    content: html`${fault !== null && html`<p class="warning" role="alert">${fault}</p>`}
${on !== null && html`<p><a href="${up}${PATH}">As of today</a></p>`}
${form}
${
  history === null
    ? html`<p>The history of the roster is not read yet.</p>`
    : version === null
      ? html`<p>There was no roster then${first !== undefined && html`: the first came on ${day(first.at)}`}.</p>`
      : html`${rosterPart(version, repository, at, (login) =>
          on === null ? memberLink(login, up) : loginText(login),
        )}${domainsPart(history, at)}${decisionsTake(version)}`
}
${history !== null && history.versions.length > 0 && historyPart(history, repository, up)}`,
  });
}
