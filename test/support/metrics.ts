import { Metrics } from "../../src/runtime/server/metrics.js";

/** Nothing has happened yet. */
export const newMetrics = (): Metrics =>
  new Metrics(() => ({
    ...{ now: 0, startedAt: 0, waiting: 0, running: 0, waitingSince: null, lastRoundEndedAt: null },
    ...{
      clockAheadSeconds: 0,
      hours: [],
      noticesWaiting: null,
      store: { errors: 0, transitions: 0, decisions: new Map() },
    },
  }));

/** The clerk's own metrics, as the registry has them. */
export async function measuredMetrics() {
  const { registry } = newMetrics();
  return (await registry.getMetricsAsJSON()).map(({ name, help, type }) => {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { readonly labelNames: string[] };
    return { name, help, kind: String(type), labels: labelNames };
  });
}
