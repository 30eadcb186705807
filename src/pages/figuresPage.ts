import { html } from "../platform/html.js";
import { figuresOf } from "./figures.js";
import { figuresParts } from "./figuresContent.js";
import { pageAnswer } from "./frame.js";
import type { PageRoute } from "./route.js";
import { tells, whenTold } from "./told.js";

const PATH = "figures/";

/** How long things take, and how much is said. No figure is about one person. */
export const figuresRoute: PageRoute = {
  path: /^figures\/$/,
  answer: ({ source, repository, now }) =>
    whenTold(source.summaries(repository), (summaries) =>
      whenTold(source.events(repository), (events) =>
        tells(
          pageAnswer({
            title: "Figures",
            path: PATH,
            repository,
            current: "Figures",
            content: html`<p>How the process goes, counted from what is told on these pages. Amendments count among the votes only. No figure is about one person.</p>
${figuresParts(figuresOf(summaries, events, now))}`,
          }),
        ),
      ),
    ),
  paths: async () => tells([PATH]),
};
