/** Conversations of the past, as they would have gone: who said what, and when. */
import { newId } from '@foyer/domain';
import { identityIn, type Person, type Random, weightedChoice } from '@foyer/domain/simulate';
import type { ChatRequest, ChatStore, VisitRecord } from '@foyer/server';
import { bodyOf, FILLED_IN, goodbyeTo, isLastWord, openingsIn, tagOf, turnAfter, WORDS } from './dialogues.ts';

type Origin = Extract<ChatRequest, { do: 'write' }>['origin'];
type Command = Extract<ChatRequest, { do: 'act' }>['command'];
type Profile = Parameters<ChatStore['putProfile']>[0]['profile'];
type Goal = VisitRecord['goals'][number];

/** What is known once the steps before are done. */
interface SoFar {
  readonly epoch: number;
  /** `seq` of what was said last. */
  readonly seq: number;
}
interface Step {
  readonly at: number;
  readonly command: (soFar: SoFar) => Command;
}
export interface Script {
  readonly opening: string;
  readonly startedAt: number;
  /** Oldest first. */
  readonly steps: readonly Step[];
  /** The visitor's last act in it. */
  readonly visitorAt: number;
  readonly endsAt: number;
  readonly goals: readonly Goal[];
}
export interface PastTalk extends Script {
  /** As the conversation has left it. */
  readonly visit: VisitRecord;
  readonly origin: Origin;
  readonly profile: Profile;
}
interface Team {
  /** Ids of those who answer, and of the AI agent. */
  readonly agents: readonly string[];
  readonly ai: string;
}

const PAGES = 10;
const WITH_AI = 0.42;
/** Of those: answered to the end without anybody else. */
const AI_ALONE = 0.55;
const RATED = 0.34;
/** Left open for a while before it is resolved: nobody was sure that it was over. */
const LATER = 0.16;
/** Sooner than anybody comes again. */
const MOST_LATER_MS = 2 * 3_600_000;
/** Whose they are, in the order of the team: its owner answers least. */
const SHARES = [1, 2.3, 1.7];
/** How long each takes, of the usual. */
const SLOWNESS = [1.6, 0.8, 1];
const LEAD = 0.3;
const NOTED = 0.12;

/** A conversation in this visit, which lasts as long as its visitor writes. */
export function talkOf(q: Team & { visit: VisitRecord; firstSeenAt: number; person: Person; random: Random }): PastTalk {
  const { visit: before, person, random } = q;
  const startedAt = before.startedAt + Math.round(Math.min(240_000, random.around(50_000, 0.7)));
  const { identity } = person;
  const name = identity?.name ?? '';
  const script = scriptOf({ ...q, startedAt, language: person.language, name, reached: before.goals });
  const visit: VisitRecord = {
    ...before,
    lastActivityAt: Math.max(before.lastActivityAt, script.visitorAt),
    endedAt: Math.max(before.lastActivityAt, script.visitorAt),
    leftAt: Math.max(before.leftAt, script.visitorAt + 8_000),
    goals: [...before.goals, ...script.goals.filter(({ goal }) => before.goals.every((known) => known.goal !== goal))],
  };
  return {
    ...script,
    visit,
    origin: {
      ...{ id: newId(startedAt, () => random.int(0, 0xffff_ffff)), workspace: visit.workspace, site: visit.site, source: 'widget' },
      ...{ visitor: visit.visitor, cookieless: false, team: '', ai: '' },
      contact: { name, email: identity?.email ?? '', verified: false },
    },
    profile: { ...profileOf(visit), firstSeenAt: q.firstSeenAt, data: identity?.data ?? {} },
  };
}

/** What a conversation knows of its visit. */
function profileOf(visit: VisitRecord): Omit<Profile, 'firstSeenAt' | 'data'> {
  const { country, region, city, approximate, timeZone, lang, browser, browserVersion, os, osVersion, device } = visit;
  return {
    ...{ country, region, city, approximate, timeZone, lang, browser, browserVersion, os, osVersion, device },
    ...{ screen: visit.screen, organisation: visit.organisation, ip: visit.ip, referrer: visit.referrer, campaign: visit.campaign },
    lastSeenAt: visit.lastActivityAt,
    pages: visit.trail.slice(-PAGES).toReversed(),
  };
}

interface Asked extends Team {
  readonly startedAt: number;
  readonly language: string;
  /** Of the visitor; ''. */
  readonly name: string;
  /** On the visit, maybe while this went on. */
  readonly reached: readonly Goal[];
  readonly random: Random;
}

/** All that is said, from a question to the goodbye. */
export function scriptOf({ agents, ai, startedAt, language, name, reached, random }: Asked): Script {
  const turns = talkFrom(random.pick(openingsIn(language)));
  const steps: Step[] = [];
  const goals: Goal[] = [];
  const agent = weightedChoice(agents, (id) => SHARES[agents.indexOf(id) % SHARES.length]!)(random);
  const slowness = SLOWNESS[agents.indexOf(agent) % SLOWNESS.length]!;
  const withAi = random.chance(WITH_AI);
  const byAiAlone = withAi && random.chance(AI_ALONE);
  /** The turn in which the AI agent gives up. */
  const handsOver = withAi && !byAiAlone ? random.pick(turns.length > 3 ? [1, 3] : [1]) : -1;
  let owner: 'nobody' | 'ai' | 'agent' = 'nobody';
  let at = startedAt;
  let visitorAt = startedAt;
  const by = { visitor: { kind: 'visitor' }, agent: { kind: 'agent', id: agent }, system: { kind: 'system' } } as const;
  const aiAt = (epoch: number) => ({ kind: 'ai', id: ai, epoch }) as const;
  const then = (medianMs: number, sigma: number, command: Step['command']): void => {
    at += Math.round(random.around(medianMs, sigma));
    steps.push({ at, command });
  };
  const say = (text: string): void => {
    const cid = `past-${startedAt}-${steps.length}`;
    const words = bodyOf(text);
    if (owner === 'ai') then(3_000, 0.3, ({ epoch }) => ({ c: 'say', by: aiAt(epoch), cid, words }));
    else then(17_000 * slowness, 0.5, () => ({ c: 'say', by: by.agent, cid, words }));
  };
  const takeIt = (medianMs: number): void => {
    then(medianMs * slowness, 0.8, () => ({ c: 'accept', by: by.agent }));
    owner = 'agent';
    const tag = turns.map(tagOf).find((known) => known !== '');
    if (tag !== undefined) then(4_000, 0.3, () => ({ c: 'tag', by: by.agent, tags: [tag] }));
  };
  const reach = (goal: Goal): void => {
    steps.push({ at: Math.max(at, goal.at), command: () => ({ c: 'reach', by: by.system, reached: goal }) });
    goals.push(goal);
  };

  for (const [i, text] of turns.entries()) {
    const cid = `past-${startedAt}-${i}-v`;
    if (i === 0) continue;
    if (i % 2 === 0) {
      if (text === FILLED_IN) {
        const values = [
          { id: 'size', value: random.pick(['41', '42', '43', '44']) },
          { id: 'name', value: name || 'Robin' },
        ];
        then(25_000, 0.4, ({ seq }) => ({ c: 'submit', by: by.visitor, cid, to: seq, values }));
        reach({ goal: 'reserved-in-store', at, value: 0, currency: '' });
      } else then(13_000, 0.6, () => ({ c: 'say', by: by.visitor, cid, words: { kind: 'text', text } }));
      visitorAt = at;
      continue;
    }
    if (owner === 'nobody' && withAi) {
      then(1_500, 0.2, () => ({ c: 'hand_to_ai', by: by.system, ai }));
      owner = 'ai';
    }
    if (i === handsOver) {
      say(WORDS.askPeople);
      then(2_000, 0.3, ({ epoch }) => ({ c: 'release', by: aiAt(epoch) }));
      takeIt(45_000);
    } else if (owner === 'nobody') takeIt(33_000);
    say(text);
  }
  if (name === '' && random.chance(LEAD)) {
    const { name: typed, email } = identityIn(language, random.int(1, 9_999), random);
    then(12_000, 0.4, () => ({ c: 'introduce', by: by.visitor, contact: { name: typed, email } }));
    visitorAt = at;
    reach({ goal: 'lead-captured', at, value: 0, currency: '' });
  }
  for (const goal of reached) if (goal.at >= startedAt && goal.at <= at) steps.push({ at, command: () => ({ c: 'reach', by: by.system, reached: goal }) }); // prettier-ignore
  if (!byAiAlone && random.chance(NOTED))
    then(20_000, 0.4, () => ({ c: 'note', by: by.agent, cid: `past-${startedAt}-note`, text: random.pick(NOTES), mentions: [] }));
  const isLater = !byAiAlone && random.chance(LATER);
  if (isLater) at += Math.round(Math.min(MOST_LATER_MS, random.around(22 * 60_000, 0.9)));
  then(byAiAlone ? 45_000 : 65_000, 0.3, ({ epoch }) => ({ c: 'resolve', by: byAiAlone ? aiAt(epoch) : by.agent }));
  // By then they have gone.
  if (!isLater && random.chance(RATED)) {
    const stars = starsGiven(random);
    const comment = random.chance(0.4) ? random.pick(COMMENTS[stars]!) : '';
    then(14_000, 0.5, () => ({ c: 'rate', by: by.visitor, cid: `past-${startedAt}-stars`, stars, comment }));
    visitorAt = at;
  }
  // Both sides have read to the end, so nothing of the past waits to be read.
  for (const reader of [by.visitor, ...agents.map((id) => ({ kind: 'agent', id }) as const)])
    steps.push({ at, command: ({ seq }) => ({ c: 'mark', by: reader, delivered: seq, read: seq }) });
  return { opening: turns[0]!, startedAt, steps, visitorAt, endsAt: at, goals };
}

/** What is said from these words on, the visitor first. */
export function talkFrom(opening: string): string[] {
  const said = [opening];
  for (let words = opening; words !== '';) {
    const isTeam = said.length % 2 === 1;
    words = isTeam ? turnAfter(words, 1) || goodbyeTo(words) : isLastWord(words) ? '' : turnAfter(words, 1);
    if (words !== '') said.push(words);
  }
  return said;
}

const starsGiven = weightedChoice([1, 2, 3, 4, 5], (stars) => [3, 2, 6, 24, 65][stars - 1]!);
const COMMENTS: Readonly<Record<number, readonly string[]>> = {
  1: ['I waited far too long.', 'That did not answer my question.'],
  2: ['Friendly, but I still do not know.', 'Had to ask twice.'],
  3: ['Fine, a bit slow.', 'Ok.'],
  4: ['Quick answer, thanks!', 'Helpful.', 'Good advice.'],
  5: ['Brilliant, thank you!', 'So fast!', 'Best service I have had in a while.', 'Very kind, and it fits 😀', 'Danke, super!'],
};
const NOTES = [
  'Sent the label by mail, tracking is in the order.',
  'Came back about the same order last month, be quick with this one.',
  'Size chart for this model is wrong: told the shop team.',
  'Promised a call when it is back in stock.',
  'Carrier confirmed: on the van tomorrow morning.',
];
