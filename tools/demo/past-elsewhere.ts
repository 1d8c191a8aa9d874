import { newId } from '@foyer/domain';
import { maskAddress } from '@foyer/domain/privacy';
import { createRandom, identityIn } from '@foyer/domain/simulate';
import { openingsIn } from './dialogues.ts';
import { type PastTalk, type Script, scriptOf, talkFrom } from './past-talk.ts';
import type { PastPlan } from './past-visit.ts';

const DAY_MS = 86_400_000;
/** From the shop's own app by the API, and the team trying its AI agent: in the last month. */
const BY_API = 46;
const IN_PLAYGROUND = 9;
const NEAREST_MS = 25 * 60_000;
/** The latest two by the API still go on: one that nobody has taken, and one whose visitor waits for the next answer. */
const OPEN = [
  { agoMs: 7 * 60_000, turns: 1 },
  { agoMs: 13 * 60_000, turns: 3 },
] as const;
const WITHIN_MS = 30 * DAY_MS;

/** Conversations without a visit, oldest first. */
export function talksElsewhere(
  q: Pick<PastPlan, 'archive' | 'cast' | 'agents' | 'ai' | 'workspace' | 'sites' | 'seed' | 'now'>,
): Omit<PastTalk, 'visit'>[] {
  const random = createRandom(q.seed ^ 0xa91);
  const talks = Array.from({ length: BY_API + IN_PLAYGROUND }, (_, i) => {
    const source = i < BY_API ? ('api' as const) : ('playground' as const);
    const person = q.cast(i + 1, random);
    const open = OPEN[i];
    const startedAt = Math.round(q.now - (open?.agoMs ?? NEAREST_MS + random.next() ** 2 * WITHIN_MS));
    const { name, email } = source === 'api' ? identityIn(person.language, i, random) : { name: '', email: '' };
    const script = open
      ? begunScript(startedAt, open.turns, q.agents.at(-1)!)
      : scriptOf({ ...q, startedAt, language: person.language, name: name || 'Dana', reached: [], random });
    const { country, region, city, approximate, organisation } = q.archive.lookup(person.address, person.timeZone);
    const talk: Omit<PastTalk, 'visit'> = {
      ...script,
      origin: {
        ...{ id: newId(startedAt, () => random.int(0, 0xffff_ffff)), workspace: q.workspace, site: q.sites[0]!.id, source },
        ...{ visitor: '', cookieless: false, team: '', ai: '', contact: { name, email, verified: false } },
      },
      profile: {
        ...{ country, region, city, approximate, organisation, timeZone: person.timeZone, lang: person.language },
        ...{ browser: '', browserVersion: '', os: '', osVersion: '', device: '', screen: '', referrer: '', campaign: '', data: {} },
        ...{ ip: maskAddress(person.address, 'default'), firstSeenAt: startedAt, lastSeenAt: script.visitorAt, pages: [] },
      },
    };
    return talk;
  });
  return talks.sort((a, b) => a.startedAt - b.startedAt);
}

/** The first turns of a conversation that nobody has ended. */
function begunScript(startedAt: number, turns: number, agent: string): Script {
  const [opening = '', answer = '', thanks = ''] = talkFrom(openingsIn('en')[turns]!);
  const by = { visitor: { kind: 'visitor' }, agent: { kind: 'agent', id: agent } } as const;
  const cid = `past-${startedAt}`;
  const steps: Script['steps'] = [
    { at: startedAt + 70_000, command: () => ({ c: 'accept', by: by.agent }) },
    { at: startedAt + 95_000, command: () => ({ c: 'say', by: by.agent, cid: `${cid}-1`, words: { kind: 'text', text: answer } }) },
    { at: startedAt + 320_000, command: () => ({ c: 'say', by: by.visitor, cid: `${cid}-2`, words: { kind: 'text', text: thanks } }) },
  ];
  const done = turns === 1 ? [] : steps;
  const endsAt = done.at(-1)?.at ?? startedAt;
  return { opening, startedAt, steps: done, visitorAt: endsAt, endsAt, goals: [] };
}
