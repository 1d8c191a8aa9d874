import { createRandom } from '@foyer/domain/simulate';
import { expect, it } from 'vitest';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { Desk, MINUTE, agent, done, nextId, text, visitor } from '../ports/chat-store.testkit.ts';
import { DAY, HOUR } from '../ports/history-store.testkit.ts';
import { ChatCounts } from './chat-counts.ts';
import type { Talk } from './chat-counts.testkit.ts';
import { expectChatFigures } from './chat-figures.testkit.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'];
/** Things that happen in conversations. Ten times as many in `npm run soak`. */
const STEPS = process.env['FOYER_FUZZ_SEEDS'] === undefined ? 1_000 : 10_000;
/** In the soak it takes as long as it takes. */
const LIMIT_MS = STEPS > 1_000 ? 0 : 240_000;
const FROM = Date.UTC(2026, 8, 26, 7);
const DAYS = 40;

it(
  '[AN1] forty days of conversations: chats, messages, replies, resolutions, ratings, by day and by agent, of any range in every zone',
  async () => {
    const made = await freshStores();
    const random = createRandom(17);
    const desk = new Desk(made.chat);
    const counts = new ChatCounts({
      clock: systemClock,
      chats: made.chat,
      history: made.history,
      onOutage: (what, cause) => {
        throw new Error(what, { cause });
      },
    });
    desk.now = FROM;
    const ids: string[] = [];
    await made.history.setZone({ workspace: desk.workspace, timeZone: ZONES[0]! });
    for (let step = 0; step < STEPS; step++) {
      // The clock goes back by an hour now and then, as clocks do.
      desk.now += random.chance(0.02) ? -HOUR : Math.round(random.wait((DAYS * DAY) / STEPS));
      const recent = ids.slice(-12);
      const some = recent.length > 0 ? random.pick(recent) : '';
      const who = agent(random.pick(['anna', 'ben', 'cleo']));
      const act = (command: Parameters<Desk['act']>[1]) => desk.act(some, command);
      const draw = random.int(0, 9);
      if (some === '' || draw <= 1)
        ids.push(
          await desk.open({
            origin: { source: random.pick(['widget', 'api', 'whatsapp'] as const), ai: random.chance(0.3) ? 'robot' : '' },
          }),
        );
      else if (draw <= 3) await act({ c: 'say', by: visitor, cid: nextId('cid'), words: text('and?') });
      else if (draw <= 5) {
        await act({ c: 'take_over', by: who });
        desk.now += random.int(1, 40) * MINUTE;
        await act({ c: 'say', by: who, cid: nextId('cid'), words: text('so') });
      } else if (draw === 6) await act({ c: 'resolve', by: who });
      else if (draw === 7) await act({ c: 'rate', by: visitor, cid: nextId('cid'), stars: random.int(1, 5), comment: '' });
      else if (draw === 8) ids.push((await done(desk.invite('anna', { visitor: nextId('v') }))).conversation);
      else await counts.run();
    }
    await counts.run();
    await counts.run();
    const talks: Talk[] = [];
    for (const id of ids) talks.push({ state: await desk.state(id), messages: await desk.messages(id) });
    expect(talks.length).toBeGreaterThan(STEPS / 8);
    const { workspace } = desk;
    const now = desk.now + 2 * DAY;
    for (const timeZone of ZONES) {
      await made.history.setZone({ workspace, timeZone });
      const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
      const asked = { workspace, timeZone, now, talks };
      await expectChatFigures(made.history, { ...asked, firstDay: format.format(FROM - DAY), lastDay: format.format(now - DAY) });
      for (const day of ['2026-09-27', '2026-10-25', '2026-11-01'])
        await expectChatFigures(made.history, { ...asked, firstDay: day, lastDay: day });
      for (let i = 0; i < 4; i++) {
        const from = FROM + random.int(0, 30) * DAY;
        const range = { firstDay: format.format(from), lastDay: format.format(from + random.int(0, 9) * DAY) };
        await expectChatFigures(made.history, { ...asked, ...range });
      }
    }
    await made.dispose();
  },
  LIMIT_MS,
);
