import { scaleLinear } from "d3-scale";
import type { Instant } from "../../domain/text/time.js";
import { type Html, html } from "../../platform/html.js";
import { n } from "./svg.js";

const WIDTH = 160;
const HEIGHT = 6;

/** How much of a period is over, as a line that fills. The words beside it say the same. */
export function timeLine(from: Instant, until: Instant, now: Instant): Html {
  const gone = scaleLinear()
    .domain([from, Math.max(until, from + 1)])
    .range([0, WIDTH])
    .clamp(true)(now);
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><rect class="rest" width="${WIDTH}" height="${HEIGHT}"/><rect class="gone" width="${n(gone)}" height="${HEIGHT}"/></svg>`;
}
