import { READS } from '@foyer/protocol';
import type { HistoryStore, RequestRecord, RequestSum } from '../../ports/history-store.ts';
import { page } from './memory-lists.ts';

type Verbs = Pick<HistoryStore, 'logRequests' | 'requests' | 'requestTops' | 'purgeRequests'>;

/** The request log in memory. */
export function memoryRequests(): Verbs {
  let log: (RequestRecord & { id: string })[] = [];
  let last = 0;
  return {
    async logRequests(batch) {
      for (const r of batch)
        log.push({ ...r, at: Math.round(r.at), latencyMs: Math.max(0, Math.round(r.latencyMs)), id: String(++last).padStart(9, '0') });
    },
    requests: async (q) =>
      page(
        q,
        log,
        (r) => [r.at, r.id],
        (r) => {
          if (r.workspace !== q.workspace || r.at < (q.from ?? 0) || r.at >= (q.to ?? Number.POSITIVE_INFINITY)) return false;
          if (r.source === READS && !q.reads) return false;
          if (q.ip !== undefined && !r.ip.startsWith(q.ip)) return false;
          if (q.country !== undefined && r.country !== q.country) return false;
          if (q.status !== undefined && Math.floor(r.status / 100) !== q.status) return false;
          return (q.endpoint === undefined || r.endpoint === q.endpoint) && (q.source === undefined || r.source === q.source);
        },
      ),
    async requestTops({ workspace, by, reads = false, from, to, limit }) {
      const sums = new Map<string, RequestSum>();
      for (const r of log) {
        const hour = r.at - (r.at % 3_600_000);
        if (r.workspace !== workspace || hour < from || hour >= to || (r.source === READS && !reads)) continue;
        const sum = sums.get(r[by]) ?? { value: r[by], requests: 0, errors: 0, latencyMs: 0 };
        const errors = sum.errors + (r.status >= 400 ? 1 : 0);
        sums.set(r[by], { value: r[by], requests: sum.requests + 1, errors, latencyMs: sum.latencyMs + r.latencyMs });
      }
      return [...sums.values()].sort((a, b) => b.requests - a.requests || (a.value < b.value ? -1 : 1)).slice(0, limit);
    },
    async purgeRequests({ before, limit }) {
      const gone = new Set(log.filter((r) => r.at < before).sort((a, b) => a.at - b.at).slice(0, limit)); // prettier-ignore
      log = log.filter((r) => !gone.has(r));
      return gone.size;
    },
  };
}
