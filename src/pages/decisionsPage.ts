import { count } from "../domain/messages/grammar.js";
import { html } from "../platform/html.js";
import { byYear, type EndedMotion, endedMotions } from "./decided.js";
import { yearList, yearOfDecisions } from "./decisionsContent.js";
import { pageAnswer } from "./frame.js";
import { upFrom } from "./links.js";
import type { Asked, PageAnswer, PageRoute } from "./route.js";
import type { PagesRepository, PagesSource, Told } from "./source.js";
import { tells, whenTold } from "./told.js";

const PATH = "decisions/";
const yearPath = (year: number): string => `${PATH}${year}/`;

/** The newest year in full; the others by their links. */
export const decisionsRoute: PageRoute = {
  path: /^decisions\/$/,
  answer: (asked) =>
    whenTold(yearsTold(asked.source, asked.repository), (years) =>
      tells(decisionsAnswer(asked, years, PATH, [...years.keys()][0] ?? null)),
    ),
  paths: async () => tells([PATH]),
};

export const yearRoute: PageRoute = {
  path: /^decisions\/([1-9]\d{3})\/$/,
  answer: (asked, [text]) =>
    whenTold(yearsTold(asked.source, asked.repository), (years) => {
      const year = Number(text);
      return tells(years.has(year) ? decisionsAnswer(asked, years, yearPath(year), year) : null);
    }),
  paths: (source, repository) =>
    whenTold(yearsTold(source, repository), (years) => tells([...years.keys()].map(yearPath))),
};

const yearsTold = (
  source: PagesSource,
  repository: PagesRepository,
): Promise<Told<ReadonlyMap<number, readonly EndedMotion[]>>> =>
  whenTold(source.summaries(repository), (summaries) =>
    whenTold(source.events(repository), (events) =>
      whenTold(source.decisions(repository), (decided) =>
        tells(byYear(endedMotions(summaries, events, decided))),
      ),
    ),
  );

function decisionsAnswer(
  { repository }: Asked,
  years: ReadonlyMap<number, readonly EndedMotion[]>,
  path: string,
  year: number | null,
): PageAnswer {
  const up = upFrom(path);
  const records = [...years.values()].flat().filter(({ record }) => record !== null).length;
  const title = path === PATH || year === null ? "Decisions" : `Decisions of ${year}`;
  return pageAnswer({
    title,
    path,
    repository,
    current: "Decisions",
    content:
      year === null
        ? html`<p>Nothing has been decided yet.</p>`
        : html`<p>${records === 0 ? "No decision has a signed record yet." : html`${count(records, "decision")} with a signed record. Whoever doubts one can count it again, alone, with the command below it; the whole register with <code class="verify">npx msc-clerk verify --all ${repository.owner}/${repository.name}</code>`}</p>
${yearList(years, year, up)}
${yearOfDecisions(year, years.get(year) ?? [], repository, up)}`,
  });
}
