import type { ConversationFigures } from '@foyer/domain/analytics';
import { createRandom } from '@foyer/domain/simulate';
import { describe, expect, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import type { ConversationRecord, HistoryStore } from '../ports/history-store.ts';
import { Analytics } from './analytics.ts';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 9, 20);
const workspace = 'w-service';
const SOURCES = ['playground', 'api', 'whatsapp'];

function conversations(count: number): ConversationRecord[] {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, i) => {
    const startedAt = FROM + Math.floor(random.next() * 10 * DAY_MS);
    const figures: ConversationFigures = {
      ...{ isChat: random.chance(0.9), messages: [], firstReplyBy: '', resolvedBy: '', ratedAgent: '' },
      firstReplyMs: random.chance(0.8) ? Math.round(random.around(40_000, 1)) : -1,
      resolvedMs: random.chance(0.7) ? Math.round(random.around(600_000, 1)) : -1,
      stars: random.chance(0.4) ? random.int(1, 5) : 0,
      botMs: random.chance(0.3) ? random.int(0, 100_000) : -1,
    };
    return {
      ...{ workspace, site: i % 3 === 0 ? 'blog' : 'shop', startedAt, figures },
      ...{ source: SOURCES[i % 7] ?? 'widget', country: i % 4 === 0 ? '' : 'DE' },
      ...{ conversation: `c${i}`, visitor: '', status: 'resolved', name: '', email: '', lastMessageAt: startedAt, chatSeq: i },
    };
  });
}

describe('how conversations went, over time', () => {
  it.each([
    ['memory', async () => ({ history: memoryHistory() as HistoryStore, dispose: async (): Promise<void> => undefined })],
    ['sqlite', freshStores],
  ] as const)('[AV13] each day of a series says what a range of that day alone says, and hours add up to it (%s)', async (_, make) => {
    const { history, dispose } = await make();
    const timeZone = 'America/New_York';
    await history.setZone({ workspace, timeZone });
    await history.bookConversations({ workspace, upTo: 400, conversations: conversations(400) });
    const analytics = new Analytics(history);
    const asked = { workspace, timeZone, period: 'own', now: FROM + 30 * DAY_MS } as const;
    const days = { firstDay: '2026-10-19', lastDay: '2026-10-31' };
    for (const site of [undefined, 'blog']) {
      const scope = site === undefined ? {} : { site };
      const found = await analytics.overview({ ...asked, ...days, ...scope, step: 'day', compare: true, service: true });
      if (!found.ok) throw new Error('refused');
      expect(found.value.points).toHaveLength(13);
      expect(found.value.before?.points.every(({ service }) => service?.firstReplies === 0 && service.firstReplyMs === null)).toBe(true);
      for (const { at, service, ...point } of found.value.points) {
        const day = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
        const alone = await analytics.overview({ ...asked, ...scope, firstDay: day, lastDay: day, compare: false, service: true });
        if (!alone.ok) throw new Error('refused');
        const { figures, points: hours } = alone.value;
        expect({ ...service, chats: point.chats }, day).toEqual({
          ...{ firstReplies: figures.firstReplies, firstReplyMs: figures.firstReplyMs, ratings: figures.ratings },
          ...{ resolutions: figures.resolutions, resolutionMs: figures.resolutionMs, botChats: figures.botChats, chats: figures.chats },
        });
        expect(hours.reduce((sum, hour) => sum + hour.service!.resolutions, 0)).toBe(figures.resolutions);
      }
      // Weeks are their days' rows together, medians too.
      const weeks = await analytics.overview({ ...asked, ...days, ...scope, step: 'week', compare: false, service: true });
      if (!weeks.ok) throw new Error('refused');
      const [first] = weeks.value.points;
      const week = await analytics.overview({ ...asked, ...scope, firstDay: '2026-10-19', lastDay: '2026-10-25', compare: false });
      if (!week.ok) throw new Error('refused');
      expect(first?.service?.firstReplyMs).toBe(week.value.figures.firstReplyMs);
      expect(first?.service?.botChats).toBe(week.value.figures.botChats);
    }
    const plain = await analytics.overview({ ...asked, ...days, compare: false });
    expect(plain.ok && plain.value.points.every((point) => !('service' in point))).toBe(true);
    await dispose();
  });

  it.each([
    ['memory', async () => ({ history: memoryHistory() as HistoryStore, dispose: async (): Promise<void> => undefined })],
    ['sqlite', freshStores],
  ] as const)('[AN24] conversations by source and by country are what counting them gives, with those before (%s)', async (_, make) => {
    const { history, dispose } = await make();
    await history.setZone({ workspace, timeZone: 'UTC' });
    const all = conversations(400);
    await history.bookConversations({ workspace, upTo: 400, conversations: all });
    const analytics = new Analytics(history);
    const asked = { workspace, timeZone: 'UTC', period: 'own', now: FROM + 30 * DAY_MS, limit: 50, compare: true } as const;
    const days = { firstDay: '2026-10-25', lastDay: '2026-10-29' };
    const from = Date.UTC(2026, 9, 25);
    const within = (start: number) =>
      all.filter((one) => one.figures.isChat && one.startedAt >= start && one.startedAt < start + 5 * DAY_MS);
    for (const site of [undefined, 'blog'])
      for (const [dimension, key] of [
        ['chat_source', 'source'],
        ['chat_country', 'country'],
      ] as const) {
        const found = await analytics.breakdown({ ...asked, ...days, ...(site === undefined ? {} : { site }), dimension });
        if (!found.ok) throw new Error('refused');
        const counted = (start: number, value: string): number =>
          within(start).filter((one) => one[key] === value && (site === undefined || one.site === site)).length;
        const values = [...new Set(all.map((one) => one[key]))];
        const expected = values.map((value) => [value, counted(from, value), counted(from - 5 * DAY_MS, value)]);
        const rows = found.value.rows.map(({ value, visits, before }) => [value, visits, before]);
        expect(new Set(rows.map((row) => row.join(' ')))).toEqual(new Set(expected.map((row) => row.join(' '))));
        expect(rows.map(([, n]) => n)).toEqual(rows.map(([, n]) => n).toSorted((a, b) => Number(b) - Number(a)));
        const sum = (start: number): number => values.reduce((all, value) => all + counted(start, value), 0);
        expect(found.value.total).toEqual({ visits: sum(from), pages: 0, before: sum(from - 5 * DAY_MS) });
        expect([found.value.other, found.value.rest]).toEqual([null, null]);
      }
    await dispose();
  });
});
